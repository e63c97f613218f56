import Basics
import Connections
import Drafts
import ProviderFormat
import Requests
import Secrets
import Store

/// Applications that tests keep, and what they compare of them.
enum TestApplication {
  static let github = ApplicationName("github")!
  static let link = Field.ID(.connectionConfig, "appPublicLink")

  static func make(
    _ secret: String, _ name: ApplicationName = github, id: String = "client-EXAMPLE",
    provider: String = "github", source: OAuthClient.Source = .byHand
  ) -> Application {
    let time = Timestamp(secondsSinceEpoch: 1)
    var values = SecretValues()
    values.set(link, to: TestRecord.buffer("https://a.example/app"))
    return Application(
      facts: ApplicationFacts(
        name: name, provider: provider, clientID: id, callback: .loopback(), created: time,
        changed: time),
      client: OAuthClient(
        id: id, secret: TestRecord.buffer(secret), source: source, authentication: .basic,
        callback: .loopback(port: 8977)),
      values: values)
  }
}

extension ApplicationStore where Self: ~Copyable {
  func saveApplication(
    _ secret: String, _ name: ApplicationName = TestApplication.github
  ) throws(StoreError) {
    try saveApplication(TestApplication.make(secret, name))
  }

  /// The fake secret of an application; nil where there is none of the name.
  func applicationSecret(
    _ name: ApplicationName = TestApplication.github
  ) throws(StoreError) -> String? {
    guard let application = try application(name) else { return nil }
    switch application.client.secret {
    case .some(let secret): return secret.withBytes { $0.shownText }
    case nil: return ""
    }
  }
}
