/// The credentials that an auth mode asks for even when the provider's entry says nothing about them, and what the
/// well-known names among them are called.
package enum BaseCredentials {
  /// The names, in the order in which they are asked.
  package static func names(of provider: Provider) -> [String] {
    provider.authMode.rules.baseCredentials(provider)
  }

  /// What a credential is called when its entry gives it no title.
  package static let labels = [
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
