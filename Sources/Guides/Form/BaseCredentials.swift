/// The credentials that an auth mode asks for even when the provider's entry says nothing about them, and what the
/// well-known names among them are called.
enum BaseCredentials {
  /// The names, in the order in which they are asked.
  static func names(of provider: Provider) -> [String] {
    switch provider.authMode {
    case .apiKey: ["apiKey"]
    case .basic, .signature: ["username", "password"]
    case .oauth2ClientCredentials: clientCredentials(of: provider)
    case .tokenBased:
      ["oauth_client_id_override", "oauth_client_secret_override", "token_id", "token_secret"]
    case .bill: ["username", "password", "organization_id", "dev_key"]
    case .awsSigV4: ["role_arn"]
    // JWT, TWO_STEP and NONE name everything in their entries, and so do browser flows and modes yet unknown.
    default: []
    }
  }

  /// A certificate is asked only for mutual TLS, and no secret where a key signs the request instead.
  private static func clientCredentials(of provider: Provider) -> [String] {
    var names = ["client_id"]
    if provider.entry["token_request_auth_method"]?.text != "private_key_jwt" {
      names.append("client_secret")
    }
    if provider.entry["require_client_certificate"]?.isTrue == true {
      names += ["client_certificate", "client_private_key"]
    }
    return names
  }

  /// What a credential is called when its entry gives it no title.
  static let labels = [
    "apiKey": "API Key",
    "username": "User Name",
    "password": "Password",
    "pat_name": "Personal App Token",
    "pat_secret": "Personal App Token Secret",
    "content_url": "Content URL",
    "client_id": "Client ID",
    "client_secret": "Client Secret",
    "client_certificate": "Client Certificate",
    "client_private_key": "Private Key",
    "oauth_client_id_override": "OAuth Client ID",
    "oauth_client_secret_override": "OAuth Client Secret",
    "oauth_refresh_token_override": "Refresh Token",
    "token_id": "Token ID",
    "token_secret": "Token Secret",
    "organization_id": "Organization ID",
    "dev_key": "Developer Key",
    "role_arn": "IAM Role ARN",
    "privateKey": "Private Key",
    "privateKeyId": "Private Key ID",
    "issuerId": "Issuer ID",
  ]
}
