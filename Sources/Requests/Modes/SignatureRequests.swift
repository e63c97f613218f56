internal import Basics
internal import Drafts
internal import ProviderFormat
internal import Secrets
internal import Signing

/// The mode SIGNATURE: requests carry a token made of user name, password, nonce and time (WSSE). Other protocols are
/// not known.
struct SignatureRequests: RequestRules {
  let isSigned = true
  let makesToken = true
  /// In seconds: how old such a token may be with most (WS-Security's user name token profile, section 3.1).
  private static let usualLifetime: Int64 = 300

  func headers(for provider: Provider, hasToken: Bool) -> [Provider.NamedTemplate] {
    bearer(hasToken: hasToken)
  }

  func canMakeToken(for provider: Provider) -> Bool {
    provider.entry["signature"]?["protocol"]?.text?.uppercased() == "WSSE"
  }

  func makeToken(
    for provider: Provider, from sources: inout TemplateContext
  ) throws(RequestError) -> MadeToken? {
    let nonce = sources.nonce()
    let user = try sources.credential("username", for: "the signature")
    let password = try sources.credential("password", for: "the signature")
    let issued = sources.issued(lifetime: Self.usualLifetime)
    let token = user.withBytes { user in
      password.withBytes {
        UsernameToken.make(username: user, password: $0, nonce: nonce, now: issued)
      }
    }
    guard let token else { throw .tooLong }
    return MadeToken(
      text: token,
      expires: Timestamp(secondsSinceEpoch: issued.secondsSinceEpoch + Self.usualLifetime))
  }
}
