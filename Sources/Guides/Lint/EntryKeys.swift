/// The keys and words that a provider's entry may have.
enum EntryKeys {
  private static let form = [
    "display_name", "categories", "auth_mode", "docs", "docs_connect", "setup_guide_url", "alias",
    "credentials", "connection_config", "assertion_option", "integration_config", "proxy",
    "credentials_verification_script", "post_connection_script", "pre_connection_deletion_script",
    "require_client_certificate", "usher",
  ]

  private static let token = [
    "token_url", "token_params", "token_headers", "token_request_method", "body_format",
    "token_request_auth_method", "token_response", "token_response_headers",
    "token_response_metadata", "token_expires_in_ms", "expires_in_unit", "additional_steps",
    "assertion", "signature", "token", "refresh_token_params", "refresh_token_headers",
    "refresh_url", "refresh_token_response_metadata", "token_expiration_buffer",
    "alternate_access_token_response_path",
  ]

  private static let browser = [
    "authorization_url", "authorization_params", "default_scopes", "scope_separator",
    "disable_pkce", "refresh_params", "redirect_uri_metadata", "authorization_method",
    "request_url", "signature_method", "authorization_url_replacements",
    "authorization_url_skip_encode", "authorization_url_skip_empty",
    "authorization_url_skip_encode_params", "authorization_url_fragment",
    "authorization_code_param_in_callback", "authorization_code_param_in_webhook",
    "registration_url", "client_registration", "registration_params", "installation", "auth_type",
    "webhook_routing_script", "webhook_user_defined_secret", "webhook_allowed_query_params",
    "webhook_response_metadata", "auth", "connection_configuration", "decode_url",
  ]

  static let known = Set(form + token + browser)

  static let proxy: Set = [
    "base_url", "headers", "query", "body", "connection_config", "verification", "retry",
    "paginate", "decompress", "forward_headers_on_redirect",
  ]

  static let verification: Set = ["method", "endpoints", "headers", "data", "base_url_override"]

  /// The modes that a form finishes.
  static let formModes = [
    "API_KEY", "BASIC", "OAUTH2_CC", "TWO_STEP", "JWT", "BILL", "TBA", "SIGNATURE", "AWS_SIGV4",
    "NONE",
  ]

  static let browserModes: Set = [
    "OAUTH1", "OAUTH2", "APP", "APP_STORE", "CUSTOM", "MCP_OAUTH2", "MCP_OAUTH2_GENERIC",
    "INSTALL_PLUGIN",
  ]

  /// Words that search finds providers by in the files known to us. Others work as well.
  static let categories: Set = [
    "accounting", "analytics", "ats", "banking", "cms", "communication", "crm", "design",
    "dev-tools", "e-commerce", "erp", "gaming", "hr", "iam", "invoicing", "knowledge-base", "legal",
    "logistics", "lms", "marketing", "mcp", "other", "payment", "popular", "productivity",
    "project-management", "search", "social", "sports", "storage", "support", "surveys",
    "ticketing", "video",
  ]

  /// Keys whose value is one of few words.
  static let words: [(key: String, words: Set<String>)] = [
    ("body_format", ["form", "json", "query", "xml"]),
    ("token_request_auth_method", ["basic", "custom", "private_key_jwt"]),
    ("token_request_method", ["GET", "POST"]),
  ]

  static let methods: Set = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]
}
