import Basics
import Catalogues
import Drafts
import FoundationEssentials
import ProviderFormat
import Requests
import Secrets
import Testing

/// The folder with sample providers, where there is one.
private let corpus = ProcessInfo.processInfo.environment["USHER_CORPUS"]

/// Getting a token is the check of the modes that have to get one: for every sample both ask the same.
@Suite(.enabled(if: corpus != nil, "USHER_CORPUS names no folder"))
struct CorpusTokens {
  private static let moment = ReplayContext(
    now: Timestamp(secondsSinceEpoch: 1_795_867_200),
    randomSource: RandomSource(seed: Array(repeating: 9, count: 64)))

  @Test(arguments: ["flows-sample", "nango-sample"])
  func `the first request for a token is the check's`(folder: String) throws {
    let catalogue = Catalogue(sources: [.namedFolder("\(corpus ?? "")/\(folder)")])
    var compared = 0
    for slug in catalogue.entries.map(\.slug) {
      let provider = try #require(catalogue.provider(slug))
      guard TokenOrigin(provider) == .fetched, !provider.authMode.needsConsent,
        provider.usher.check.isEmpty
      else { continue }
      compared += 1
      let checked = Self.first(of: CheckSession(Self.submission(provider), at: Self.moment))
      let asked = Self.first(
        of: TokenSession(Self.submission(provider), known: nil, at: Self.moment))
      #expect(checked == asked, "\(slug)")
      #expect(asked.hasPrefix("POST ") || asked.hasPrefix("GET ") || asked.hasPrefix("none"))
    }
    #expect(compared > 5)
  }

  private static func submission(_ provider: Provider) -> Submission {
    var values = SecretValues()
    for field in provider.fields {
      let text = field.choices.first ?? field.example ?? "sample-\(field.id.name)"
      values.set(field.id, to: SecretBuffer(fixture: text))
    }
    for name in ["client_id", "client_secret", "username", "password"] {
      values.set(.init(.credentials, name), to: SecretBuffer(fixture: "sample-\(name)"))
    }
    return Submission(provider: provider, values: values)
  }

  private static func first(of session: consuming CheckSession) -> String {
    switch session.next() {
    case .send(let request): request.fixtureText
    case .done(let diagnosis): "none: \(diagnosis.sentence)"
    }
  }

  private static func first(of session: consuming TokenSession) -> String {
    switch session.next() {
    case .send(let request): request.fixtureText
    case .done(let outcome):
      switch outcome {
      case .token: "a token"
      case .refused(let diagnosis): "none: \(diagnosis.sentence)"
      }
    }
  }
}
