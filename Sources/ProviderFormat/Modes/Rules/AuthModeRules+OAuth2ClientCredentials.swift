internal import Basics

extension AuthModeRules {
  /// OAUTH2_CC: a client gets itself a token.
  static let oauth2ClientCredentials = AuthModeRules(
    proof: .token(.oauth), baseCredentials: clientCredentials, sentWhenEmpty: ["client_secret"],
    aliases: ["clientId": "client_id", "clientSecret": "client_secret"],
    entryKeys: tokenRequestKeys.union(["require_client_certificate", "scope_separator"]),
    scaffold: ModeScaffold(
      entry: [ModeScaffold.tokenByClient, ModeScaffold.plainProxy, ModeScaffold.client],
      overview:
        "You need the identifier and the **secret** of a client, which acts for your organization.",
      steps: [.createClient]))

  /// A certificate is asked only for mutual TLS, and no secret where a key signs the request instead.
  @Sendable private static func clientCredentials(of provider: Provider) -> [String] {
    var names = ["client_id"]
    if provider.entry["token_request_auth_method"]?.text != "private_key_jwt" {
      names.append("client_secret")
    }
    if provider.entry["require_client_certificate"]?.isTrue == true {
      names += ["client_certificate", "client_private_key"]
    }
    return names
  }
}
