extension UsherExtension {
  /// Reads the `usher:` key. Parts that cannot be understood are left out here and reported by the lint.
  init(_ value: Value?) {
    self.init()
    guard let value else { return }
    domain = value["domain"]?.text
    check = (value["check"]?.list ?? []).compactMap(CheckStep.init)
    derivations = (value["derive"]?.list ?? []).compactMap(Derivation.init)
    hints = (value["hints"]?.list ?? []).compactMap(Hint.init)
    for severity in value["severity"]?.templates ?? [] {
      guard let id = Field.ID(severity.name) else { continue }
      patternSeverity[id] = PatternSeverity(rawValue: severity.template)
    }
    revocation = value["revoke"].flatMap(Revocation.init)
    for variable in value["env"]?.templates ?? [] {
      guard let id = Field.ID(variable.name) else { continue }
      variables[id] = variable.template
    }
  }
}

extension UsherExtension.Derivation {
  init?(_ value: Value) {
    if let field = value["field"]?.text.flatMap({ Field.ID($0) }) {
      target = .field(field)
    } else if let name = value["name"]?.text {
      target = .name(name)
    } else {
      return nil
    }
    if let pattern = value["pattern"]?.text {
      guard let from = value["from"]?.text.flatMap({ Field.ID($0) }) else { return nil }
      source = .pattern(pattern, in: from)
    } else if let path = value["answer"]?.text {
      source = .answer(path)
    } else if let text = value["text"]?.text {
      source = .text(text)
    } else {
      return nil
    }
    because = value["because"]?.text
  }
}

extension UsherExtension.Hint {
  init?(_ value: Value) {
    guard
      let field = value["field"]?.text.flatMap({ Field.ID($0) }),
      let start = value["starts_with"]?.text, !start.isEmpty,
      let verdict = value["verdict"]?.text.flatMap(Verdict.init)
    else { return nil }
    self.init(field: field, startsWith: start, verdict: verdict, say: value["say"]?.text)
  }
}

extension UsherExtension.Revocation {
  init?(_ value: Value) {
    guard value.map != nil else { return nil }
    self.init(
      page: value["page"]?.text, method: value["method"]?.text?.uppercased(),
      url: value["url"]?.text)
  }
}
