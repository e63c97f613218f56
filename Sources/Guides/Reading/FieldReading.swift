extension Field {
  /// Reads one field's declaration; unknown members are left to the lint.
  init(id: ID, declaration: Value.Map, line: Int) {
    self.init(
      id: id,
      title: declaration["title"]?.text ?? "",
      description: declaration["description"]?.text ?? "",
      example: declaration["example"]?.text,
      pattern: declaration["pattern"]?.text,
      format: declaration["format"]?.text.flatMap(Format.init),
      choices: declaration["enum"]?.texts ?? [],
      isOptional: declaration["optional"]?.isTrue ?? false,
      defaultValue: declaration["default_value"]?.text,
      isHidden: declaration["hidden"]?.isTrue ?? false,
      isAutomated: declaration["automated"]?.isTrue ?? false,
      isDeclaredSecret: declaration["secret"]?.isTrue ?? false,
      order: declaration["order"]?.wholeNumber,
      prefix: declaration["prefix"]?.text,
      suffix: declaration["suffix"]?.text,
      docSection: declaration["doc_section"]?.text,
      visibleWhen: declaration["visible_when"].flatMap(Visibility.init),
      warnings: Self.warnings(declaration["warnings"]),
      line: line)
  }

  private static func warnings(_ value: Value?) -> [String: String] {
    let pairs = (value?.templates ?? []).map { ($0.name, $0.template) }
    return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
  }
}

extension Field.Visibility {
  init?(_ value: Value) {
    guard let field = value["field"]?.text, let equals = value["equals"]?.text else { return nil }
    self.init(field: field, equals: equals)
  }
}

extension Value {
  /// `true`, also where an author put it in quotes: a secret must not become visible by a pair of quotes.
  var isTrue: Bool { bool == true || text == "true" }

  /// A whole number, also where it is written in quotes or as `1.0`.
  var wholeNumber: Int? {
    switch self {
    case .int(let int): int
    case .double(let double): Int(exactly: double)
    case .string(let string): Int(string)
    case .null, .bool, .list, .map: nil
    }
  }
}
