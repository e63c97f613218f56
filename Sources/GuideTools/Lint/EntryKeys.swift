internal import ProviderFormat

/// The keys and words that a provider's entry may have.
enum EntryKeys {
  static let entry: KeyRules = {
    let typed = KeyRules(
      texts: [
        "display_name", "auth_mode", "docs", "docs_connect", "setup_guide_url", "alias",
        "credentials_verification_script", "post_connection_script", "token_request_method",
        "body_format", "token_request_auth_method", "refresh_url",
      ],
      maps: [
        "credentials", "connection_config", "assertion_option", "integration_config", "proxy",
        "token_params", "token_headers", "token_response",
      ],
      lists: ["categories", "token_response_metadata", "additional_steps"],
      flags: ["require_client_certificate"], numbers: ["token_expires_in_ms"], others: [])
    let known = typed.names
    // Of the keys that only some modes have, the type matters to the request, which says what it cannot use.
    let others = AuthMode.known.reduce(shared.union(leftOver)) { $0.union($1.rules.entryKeys) }
    return typed.adding(others.subtracting(known).sorted())
  }()

  /// What entries of all modes share, beside the keys whose type is declared.
  private static let shared: Set = [
    "usher", "pre_connection_deletion_script", "webhook_routing_script",
    "webhook_user_defined_secret", "webhook_allowed_query_params", "webhook_response_metadata",
  ]

  /// Keys that stand in entries and have no effect.
  private static let leftOver: Set = [
    "auth", "connection_configuration", "decode_url", "refresh_token_response_metadata",
  ]

  static let proxy = KeyRules(
    texts: ["base_url"], maps: ["headers", "query", "body", "verification", "retry"],
    others: ["connection_config", "paginate", "decompress", "forward_headers_on_redirect"])

  static let retry = KeyRules(
    texts: ["remaining"], maps: ["in_body"], others: ["at", "after", "error_code"])

  static let retryInBody = KeyRules(texts: ["path", "value", "strategy"], maps: [], others: [])

  static let verification = KeyRules(
    texts: ["method", "base_url_override"], maps: ["headers"], lists: ["endpoints"],
    others: ["data"])

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
