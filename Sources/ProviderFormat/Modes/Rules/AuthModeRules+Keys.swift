/// Keys that several modes share.
extension AuthModeRules {
  /// How a token is asked for, and how it is renewed.
  static let tokenRequestKeys: Set = [
    "token_url", "token_params", "token_headers", "token_request_method", "body_format",
    "token_request_auth_method", "token_response_metadata", "token_expires_in_ms",
    "expires_in_unit", "additional_steps", "refresh_token_params", "refresh_token_headers",
    "refresh_url", "token_expiration_buffer", "alternate_access_token_response_path",
  ]

  /// How a token is signed here.
  static let signedTokenKeys: Set = ["signature", "token"]

  /// Where a browser goes, and what it brings back.
  static let authorizationKeys: Set = [
    "authorization_url", "authorization_params", "default_scopes", "scope_separator",
    "disable_pkce", "refresh_params", "redirect_uri_metadata", "authorization_method",
    "authorization_url_replacements", "authorization_url_skip_encode",
    "authorization_url_skip_empty", "authorization_url_skip_encode_params",
    "authorization_url_fragment", "authorization_code_param_in_callback",
    "authorization_code_param_in_webhook",
  ]

  /// How a client makes itself known to a server.
  static let registrationKeys: Set = [
    "registration_url", "client_registration", "registration_params",
  ]
}
