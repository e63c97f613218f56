internal import Basics
internal import ProviderFormat
internal import Secrets

/// What a two-step provider wants signed before it is asked: a token, which templates call `${token}`, or an assertion,
/// `${credentials.assertion}`. Made from values that are sealed with the connection. A token is made anew each time; an
/// assertion is used again until shortly before its end.
struct RequestSigning {
  private let entry: Value.Map

  init(_ provider: Provider) { entry = provider.entry }

  /// Makes what the entry asks for, and puts it where templates find it.
  func make(in sources: inout TemplateContext) throws(RequestError) {
    if entry["signature"] != nil {
      guard let template = TokenTemplate(token: entry) else {
        throw .badArgument(function: "the signed token", why: "the entry does not describe it")
      }
      let token = try template.signed(from: sources, secrets: TemplateWriter(names: .signed))
      sources.fetched.set("token", to: token)
    }
    guard let assertion = entry["assertion"]?.map, !Self.hasAssertion(sources) else { return }
    sources.fetched.set(TokenSet.assertionName, to: try make(assertion, in: &sources))
    let lifetime = Self.lifetime(assertion["lifetimeInSeconds"]?.wholeNumber)
    let start = sources.issued(lifetime: lifetime)
    sources.assertionExpires = Timestamp(secondsSinceEpoch: start.secondsSinceEpoch + lifetime)
  }

  /// In seconds: how long before its end an assertion is not used again.
  private static let assertionBuffer: Int64 = 60

  private static func hasAssertion(_ sources: borrowing TemplateContext) -> Bool {
    guard let end = sources.assertionExpires, sources.fetched.contains(TokenSet.assertionName)
    else { return false }
    return end.secondsSinceEpoch - sources.now.secondsSinceEpoch > assertionBuffer
  }

  private func make(
    _ assertion: Value.Map, in sources: inout TemplateContext
  ) throws(RequestError) -> SecretBuffer {
    let writer = TemplateWriter(names: .signed)
    switch assertion["type"]?.text {
    case "jwt":
      return try TokenTemplate(assertion: assertion).signed(from: sources, secrets: writer)
    case "saml":
      return try AssertionTemplate(assertion).signed(from: &sources, secrets: writer)
    default:
      throw .badArgument(function: "the assertion", why: "its entry names a type that is not known")
    }
  }

  /// How long a token is good for of which nothing, or nothing sensible, is said.
  private static let usualLifetime: Int64 = 3600
  /// Ten years and a little: the longest that an entry asks for. Far from where dates end.
  private static let longestLifetime: Int64 = 11 * 366 * 86_400

  /// - Parameter seconds: as written.
  static func lifetime(_ seconds: Int64?) -> Int64 {
    guard let seconds, seconds > 0 else { return usualLifetime }
    return min(seconds, longestLifetime)
  }
}
