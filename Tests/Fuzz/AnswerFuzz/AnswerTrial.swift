import Basics
import FuzzSupport
import Secrets

@testable import Drafts
@testable import ProviderFormat
@testable import Requests

/// Ways of checking, and what must hold of every diagnosis.
enum AnswerTrial {
  /// More than any of the entries below can lead to.
  static let mostRequests = 32
  /// What an answer may echo, and no diagnosis.
  private static let secret = "qUietTeaPot-EXAMPLE-9472"

  private static let entries = [
    """
    {"auth_mode":"API_KEY","proxy":{"base_url":"https://api.acme.example","headers":
     {"authorization":"Bearer ${apiKey}"},"verification":{"method":"GET","endpoints":["/a","/b"]}}}
    """,
    """
    {"auth_mode":"OAUTH2_CC","token_url":"https://id.acme.example/token","token_response_metadata":
     ["instance_url","a.b[0]"]}
    """,
    """
    {"auth_mode":"TWO_STEP","token_url":"https://id.acme.example/token","token_params":
     {"key":"${credentials.apiKey}"},"token_response":{"token":"data.token","token_expiration":"data.exp",
     "token_expiration_strategy":"expireAt"},"additional_steps":
     [{"token_url":"https://id.acme.example/${step1.data.id}","token_params":{"t":"${step1.data.token}"}}]}
    """,
    """
    {"auth_mode":"TWO_STEP","token_url":"https://id.acme.example/token","body_format":"xml",
     "token_params":{"r":{"key":"${credentials.apiKey}"}},"token_response":{"token":"r.token",
     "token_expiration":"r.expires","token_expiration_strategy":"expireIn"}}
    """,
    #"{"auth_mode":"BILL","token_url":"https://id.acme.example/login"}"#,
    """
    {"auth_mode":"AWS_SIGV4","credentials":{"role_arn":{"type":"string","title":"Role"}}}
    """,
    """
    {"auth_mode":"API_KEY","usher":{"check":[{"method":"POST","url":"https://api.acme.example/q",
     "headers":{"authorization":"Bearer ${apiKey}"},"body":{"json":{"q":1}},
     "facts":{"account":"data.user.name","organization":"data.org","rights":"data.scopes",
     "expires":"data.until"}}]}}
    """,
  ].map { text -> Provider in
    guard let entry = try? Value(json: text), let map = entry.map else {
      fatalError("an entry of the target's own is not JSON")
    }
    return Provider(slug: "acme", entry: map, origin: .builtIn)
  }

  static func submission(_ choice: UInt8) -> Submission {
    var values = SecretValues()
    let names = [
      "credentials.apiKey", "credentials.client_id", "credentials.client_secret",
      "credentials.username", "credentials.password", "credentials.organization_id",
      "credentials.dev_key", "integration_config.awsAccessKeyId",
      "integration_config.awsSecretAccessKey",
    ]
    for id in names.compactMap({ Field.ID($0) }) {
      values.set(id, to: SecretBuffer(fuzz: secret.utf8))
    }
    let role = "arn:aws:iam::123456789012:role/Reader"
    values.set(Field.ID(.credentials, "role_arn"), to: SecretBuffer(fuzz: role.utf8))
    values.set(Field.ID(.connectionConfig, "external_id"), to: SecretBuffer(fuzz: "7".utf8))
    return Submission(provider: entries[Int(choice) % entries.count], values: values)
  }

  static func manner(_ choice: UInt8) -> (status: Int, type: String) {
    let statuses = [200, 204, 302, 400, 401, 403, 404, 429, 500]
    let types = ["application/json", "text/xml", "text/plain", "application/x-www-form-urlencoded"]
    return (statuses[Int(choice >> 2) % statuses.count], types[Int(choice & 3)])
  }

  /// Foreign words are short, printable and without the secret, and the diagnosis can be kept.
  static func check(_ diagnosis: Diagnosis) {
    let foreign =
      [diagnosis.providerSays, diagnosis.account, diagnosis.organization].compactMap { $0 }
      + diagnosis.rights + diagnosis.metadata.values
    for text in foreign {
      if text.count > 300 { fatalError("foreign words are too long") }
      if text.lowercased().contains(secret.lowercased()) { fatalError("the secret is told") }
      let isClean = text.unicodeScalars.allSatisfy {
        $0.properties.generalCategory != .control && $0.properties.generalCategory != .format
      }
      if !isClean { fatalError("foreign words hold control characters") }
    }
    if diagnosis.rights.count > 64 { fatalError("too many rights are kept") }
    if diagnosis.metadata.count > Diagnosis.mostMetadata { fatalError("too much is kept") }
    if diagnosis.sentence.isEmpty { fatalError("nothing is said") }
    if diagnosis.writtenAndRead != diagnosis { fatalError("the diagnosis cannot be kept") }
  }
}
