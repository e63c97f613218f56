/// Checks the entry itself: its keys, its auth mode, its addresses.
enum EntryLint {
  private static let formKeys = [
    "display_name", "categories", "auth_mode", "docs", "docs_connect", "setup_guide_url", "alias",
    "credentials", "connection_config", "assertion_option", "integration_config", "proxy",
    "credentials_verification_script", "post_connection_script", "pre_connection_deletion_script",
    "require_client_certificate", "usher",
  ]

  private static let tokenKeys = [
    "token_url", "token_params", "token_headers", "token_request_method", "body_format",
    "token_request_auth_method", "token_response", "token_response_headers",
    "token_response_metadata", "token_expires_in_ms", "expires_in_unit", "additional_steps",
    "assertion", "signature", "token", "refresh_token_params", "refresh_token_headers",
    "refresh_url", "refresh_token_response_metadata", "token_expiration_buffer",
    "alternate_access_token_response_path",
  ]

  private static let browserKeys = [
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

  private static let known = Set(formKeys + tokenKeys + browserKeys)

  private static let proxyKeys: Set = [
    "base_url", "headers", "query", "body", "connection_config", "verification", "retry",
    "paginate", "decompress", "forward_headers_on_redirect",
  ]

  private static let verificationKeys: Set = [
    "method", "endpoints", "headers", "data", "base_url_override",
  ]

  private static let browserModes: Set = [
    "OAUTH1", "OAUTH2", "APP", "APP_STORE", "CUSTOM", "MCP_OAUTH2", "MCP_OAUTH2_GENERIC",
    "INSTALL_PLUGIN",
  ]

  static func check(_ provider: Provider, _ report: inout LintReport) {
    let entry = provider.entry
    report.unknownKeys(in: entry, of: "\"\(provider.slug)\"", known: known)
    checkSlug(provider, &report)
    checkMode(provider, &report)
    if entry["display_name"]?.text == nil {
      report.warning(
        "\"\(provider.slug)\" has no display_name", line: provider.line,
        advice: "add the name that people know it by")
    }
    checkProxy(provider, &report)
  }

  private static func checkSlug(_ provider: Provider, _ report: inout LintReport) {
    let isPlain = provider.slug.utf8.allSatisfy {
      (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
    }
    guard !isPlain || provider.slug.isEmpty else { return }
    report.error(
      "the slug \"\(provider.slug)\" has other characters than a to z, 0 to 9 and hyphens",
      line: provider.line, advice: "rename the provider and its folder")
  }

  private static func checkMode(_ provider: Provider, _ report: inout LintReport) {
    let mode = provider.authMode
    if mode.rawValue.isEmpty {
      report.error(
        "\"\(provider.slug)\" has no auth_mode", line: provider.line,
        advice: "add one, for instance API_KEY or BASIC")
    } else if !mode.isFormBased, !browserModes.contains(mode.rawValue) {
      report.error(
        "the auth_mode \(mode.rawValue) is not known", line: provider.entry.line(of: "auth_mode"),
        advice: "use one of the known modes, for instance API_KEY or BASIC")
    }
  }

  private static func checkProxy(_ provider: Provider, _ report: inout LintReport) {
    let entry = provider.entry
    guard let proxy = entry["proxy"]?.map else {
      if provider.authMode.isFormBased, provider.authMode != .none {
        report.warning(
          "\"\(provider.slug)\" has no proxy, so nothing says how its API is called",
          line: provider.line, advice: "add proxy with base_url and headers")
      }
      return
    }
    report.unknownKeys(in: proxy, of: "proxy", known: proxyKeys)
    if let base = provider.proxy.baseURL, base.hasPrefix("http://") {
      report.warning(
        "base_url is not encrypted", line: proxy.line(of: "base_url"), advice: "use https://")
    }
    guard let check = proxy["verification"]?.map else { return }
    report.unknownKeys(in: check, of: "proxy.verification", known: verificationKeys)
    if provider.proxy.verification?.endpoints.isEmpty ?? true {
      report.error(
        "proxy.verification names no endpoint", line: proxy.line(of: "verification"),
        advice: "add endpoints with the path of a call that every key may make")
    }
    if provider.verificationScript != nil {
      report.error(
        "proxy.verification and credentials_verification_script exclude each other",
        line: proxy.line(of: "verification"), advice: "remove one of them")
    }
  }
}
