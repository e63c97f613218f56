internal import Basics
internal import ProviderFormat
internal import Secrets

/// What a two-step provider wants signed before it is asked: a token, which templates call `${token}`, or an assertion,
/// `${credentials.assertion}`. Made anew for each check, from values that are sealed with the connection; what is made
/// is never kept.
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
    if let assertion = entry["assertion"]?.map {
      sources.fetched.set("credentials.assertion", to: try make(assertion, in: &sources))
    }
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
