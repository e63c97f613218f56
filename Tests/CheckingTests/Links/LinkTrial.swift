import Basics
import Checking
import Drafts
import LoopbackSupport
import ProviderFormat
import Requests
import Secrets
import Testing

/// A job of a link as the program has it done: in a helper process.
struct LinkTrial: Sendable {
  static let client = [
    "credentials.oauth_client_id_override": ConsentProvider.client,
    "credentials.oauth_client_secret_override": ConsentProvider.secret,
  ]

  var options = CheckOptions()
  /// What was told on the way: who is asked, and the codes for other devices.
  let asked = Record<CheckProgress>()
  let codes = Record<String>()

  var linker: HelperLinker {
    HelperLinker(
      program: Fixture.path, options: options,
      variable: { ["SSL_CERT_FILE": LoopbackCertificates.trusted][$0] })
  }

  func perform(_ job: consuming LinkJob) async -> LinkResult {
    await linker.perform(job) { [asked, codes] (progress: consuming LinkProgress) in
      switch consume progress {
      case .asking(let progress): asked.add(progress)
      case .code(let code):
        codes.add("\(code.userCode.withBytes { $0.shownText }) at \(code.address)")
      }
    }
  }

  /// A flow for an entry in JSON, with values by the names of fields; the client is there unless `values` say another.
  static func flow(
    _ entry: String, _ values: [String: String] = client, scopes: [String] = ["read", "write"]
  ) throws -> AuthorizationFlow {
    AuthorizationFlow(try Fixture.submission(entry: entry, values), scopes: Scopes(scopes))
  }

  /// Has a person agree in a browser: the answer, with what proves that it was asked for.
  static func consent(
    to flow: borrowing AuthorizationFlow, at provider: ConsentProvider
  ) throws -> Redemption {
    var question = try flow.request()
    let address = question.address.withBytes { $0.shownText }
    let redirected = Array(try provider.consent(to: address).utf8)
    let answer = try redirected.withBytes { try question.answer(from: $0, at: .now()) }
    return question.redemption(of: answer)
  }

  /// The whole of a link in a browser.
  func link(
    _ flow: consuming AuthorizationFlow, at provider: ConsentProvider
  ) async throws -> LinkResult {
    let redemption = try Self.consent(to: flow, at: provider)
    return await perform(.redeem(redemption, flow))
  }
}

extension LinkResult {
  /// For comparing alone: what it is, and all that stands in it.
  consuming func words() -> String {
    switch consume self {
    case .ready(let ground):
      var words = ["ready"]
      if let server = ground.server { words.append("issuer=\(server.issuer)") }
      switch ground.client {
      case .some(let client): words.append("client=\(client.id)")
      case nil: break
      }
      switch ground.token {
      case .some: words.append("token")
      case nil: break
      }
      return words.joined(separator: " ")
    case .installations(let list):
      return list.map { "\($0.id)=\($0.account)" }.joined(separator: " ")
    case .linked(let account): return account.words
    case .refused(let refusal):
      let isUnknown = refusal.isClientUnknown ? " client unknown" : ""
      return "refused \(refusal.diagnosis.kind.rawValue)\(isUnknown)"
    }
  }

  /// What came in place of what a test wants.
  struct Unexpected: Error, CustomStringConvertible { let description: String }

  consuming func refusal() throws -> LinkRefusal {
    switch consume self {
    case .refused(let refusal): return refusal
    default: throw Unexpected(description: "no refusal")
    }
  }

  /// What is told of the account.
  consuming func diagnosis() throws -> Diagnosis? {
    switch consume self {
    case .linked(let account): return account.diagnosis
    case .refused(let refusal): throw Unexpected(description: "\(refusal)")
    default: throw Unexpected(description: "no account")
    }
  }

  consuming func ground() throws -> LinkGround {
    switch consume self {
    case .ready(let ground): return ground
    case .refused(let refusal): throw Unexpected(description: "\(refusal)")
    default: throw Unexpected(description: "an account")
    }
  }
}

extension LinkedAccount {
  fileprivate var words: String {
    var words = ["linked"]
    switch token {
    case .some(let token):
      for name in token.values.keys.sorted() where name != TokenSet.scopesName {
        words.append("\(name)=\(token.text(name) ?? "")")
      }
    case nil: break
    }
    for name in credentials.keys {
      words.append("credentials.\(name)=\(credentials.withBytes(of: name) { $0.shownText })")
    }
    let kept = ["oauth_scopes", "authorization_server", "oauth_registration"]
    for name in settings.keys where !kept.contains(name) {
      words.append("params.\(name)=\(settings.withBytes(of: name) { $0.shownText })")
    }
    if !scopes.isEmpty { words.append("scopes=\(scopes.joined(by: "+"))") }
    if let account = diagnosis?.account { words.append("account=\(account)") }
    if let organization = diagnosis?.organization { words.append("organization=\(organization)") }
    return words.joined(separator: " ")
  }
}
