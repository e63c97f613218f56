/// What kind of value a key of a provider file has to have.
enum KeyType: String {
  case text = "a text"
  case flag = "true or false"
  case list = "a list"
  case map = "a map of keys and values"
  case number = "a whole number"

  func accepts(_ value: Value) -> Bool {
    switch self {
    case .text: value.text != nil
    // A single entry written without its dash is understood.
    case .list: value.list != nil || value.text != nil
    case .flag: value.bool != nil || value.text == "true" || value.text == "false"
    case .map: value.map != nil
    case .number: value.wholeNumber != nil
    }
  }

  private var advice: String {
    switch self {
    case .text: "write one text behind the colon"
    case .flag: "write true or false; in YAML 1.2 yes and on are texts"
    case .list: "begin each entry with a -"
    case .map: "indent its keys below it"
    case .number: "write a number without quotes and without a fraction"
    }
  }

  /// Reports members whose value is of another kind. An empty value counts as absent.
  static func check(
    _ map: Value.Map, of what: String, _ types: [String: KeyType], _ report: inout LintReport
  ) {
    for member in map.members where member.value != .null {
      guard let type = types[member.key], !type.accepts(member.value) else { continue }
      report.error(
        "\"\(member.key)\" of \(what) is not \(type.rawValue)", line: member.line,
        advice: type.advice)
    }
  }

  static let entry: [String: KeyType] = [
    "display_name": .text, "categories": .list, "auth_mode": .text, "docs": .text,
    "docs_connect": .text, "setup_guide_url": .text, "alias": .text, "credentials": .map,
    "connection_config": .map, "assertion_option": .map, "integration_config": .map, "proxy": .map,
    "credentials_verification_script": .text, "post_connection_script": .text,
    "require_client_certificate": .flag, "token_params": .map, "token_headers": .map,
    "token_request_method": .text, "body_format": .text, "token_request_auth_method": .text,
    "token_response": .map, "token_response_metadata": .list, "additional_steps": .list,
    "token_expires_in_ms": .number, "refresh_url": .text,
  ]

  static let proxy: [String: KeyType] = [
    "base_url": .text, "headers": .map, "query": .map, "body": .map, "verification": .map,
    "retry": .map,
  ]

  static let verification: [String: KeyType] = [
    "method": .text, "endpoints": .list, "headers": .map, "base_url_override": .text,
  ]

  static let field: [String: KeyType] = [
    "type": .text, "title": .text, "description": .text, "example": .text, "pattern": .text,
    "format": .text, "enum": .list, "optional": .flag, "default_value": .text, "hidden": .flag,
    "automated": .flag, "secret": .flag, "order": .number, "prefix": .text, "suffix": .text,
    "doc_section": .text, "visible_when": .map, "warnings": .map,
  ]
}
