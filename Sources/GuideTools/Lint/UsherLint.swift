internal import Basics
internal import ProviderFormat

/// Checks the `usher:` key, in which a misspelt word would silently change what the check says: each map by the rules
/// of its schema, then what belongs together in it.
enum UsherLint {
  static func check(_ provider: Provider, _ report: inout LintReport) {
    checkScript(provider, &report)
    guard let value = provider.entry["usher"] else { return }
    let line = provider.entry.line(of: "usher")
    guard let usher = value.map else {
      return report.error("usher is not a map", line: line, advice: "indent its keys")
    }
    check(usher, line, by: UsherExtension.schema.rules, provider, &report)
  }

  /// A script is a name for a check that comes with the program; an own `usher.check` goes before it.
  private static func checkScript(_ provider: Provider, _ report: inout LintReport) {
    guard let script = provider.verificationScript, provider.usher.check.isEmpty else { return }
    report.warning(
      "the check \"\(script)\" is not known, so nothing checks these credentials",
      line: provider.entry.line(of: "credentials_verification_script"),
      advice: "write its requests under usher.check")
  }

  private static func check(
    _ map: Value.Map, _ line: Int, by rules: KeyRules, _ provider: Provider,
    _ report: inout LintReport
  ) {
    report.unknownKeys(in: map, of: rules.name, known: rules.names)
    for rule in rules.rules {
      if let member = map.members.first(where: { $0.key == rule.name }) {
        if member.value != .null || rule.need != .none {
          check(member, by: rule, in: rules.name, provider, &report)
        }
      } else if rule.need == .present, case .field = rule.kind {
        checkField(nil, line, provider, &report)
      } else if rule.need == .present {
        report.error(
          rule.says ?? "\(rules.name) has no \(rule.name)", line: line, advice: rule.advice)
      }
    }
    switch rules.name {
    case UsherExtension.CheckStep.schema.rules.name: CheckLint.check(map, &report)
    case UsherExtension.Answer.schema.rules.name: CheckLint.checkAnswer(map, line, &report)
    case DerivationParts.schema.rules.name: checkDerivation(map, line, &report)
    case UsherExtension.Hint.schema.rules.name: checkHint(map, line, &report)
    case UsherExtension.Revocation.schema.rules.name:
      RevocationLint.check(map, line, provider, &report)
    default: break
    }
  }

  private static func check(
    _ member: Value.Member, by rule: KeyRule, in name: String, _ provider: Provider,
    _ report: inout LintReport
  ) {
    switch rule.kind {
    case .plain:
      guard !rule.accepts(member.value) else { return }
      report.error(
        rule.says ?? "\"\(member.key)\" of \(name) is not \(rule.type)", line: member.line,
        advice: rule.advice)
    case .field: checkField(member.value.text, member.line, provider, &report)
    case .byField:
      guard let map = member.value.map else {
        return report.error(
          "\(name).\(member.key) is not a map", line: member.line, advice: "indent its keys")
      }
      for part in map.members {
        checkField(part.key, part.line, provider, &report)
        guard !rule.accepts(part.value) else { continue }
        report.error(
          "the \(member.key) of \"\(part.key)\" is not known", line: part.line,
          advice: rule.advice)
      }
    case .map(let rules):
      guard let map = member.value.map else {
        return report.error(
          "\(name == "usher" ? rules.name : member.key) is not a map", line: member.line,
          advice: rule.advice)
      }
      check(map, member.line, by: rules, provider, &report)
    case .list(let rules):
      guard let list = member.value.list else {
        return report.error(
          "\(name).\(member.key) is not a list", line: member.line, advice: rule.advice)
      }
      for value in list {
        guard let map = value.map else {
          report.error(
            "an entry of \(name).\(member.key) is not a map", line: member.line,
            advice: "write it as key: value")
          continue
        }
        check(map, map.members.first?.line ?? member.line, by: rules, provider, &report)
      }
    }
  }

  // MARK: What belongs together

  private static func checkDerivation(
    _ derivation: Value.Map, _ line: Int, _ report: inout LintReport
  ) {
    if derivation["field"]?.text == nil, derivation["name"]?.text == nil {
      report.error(
        "an entry of usher.derive has neither field nor name", line: line,
        advice: "say what the value is for")
    }
    if let source = derivation["pattern"]?.text {
      if derivation["from"] == nil {
        report.error(
          "a field is not named with its scope", line: line,
          advice: "write it like credentials.apiKey or params.subdomain")
      }
      checkCapture(source, derivation.line(of: "pattern"), &report)
    } else if derivation["text"]?.text == nil, derivation["answer"]?.text == nil {
      report.error(
        "an entry of usher.derive has no source", line: line,
        advice: "add text, answer, or pattern with from")
    }
  }

  private static func checkCapture(_ source: String, _ line: Int, _ report: inout LintReport) {
    do throws(PatternError) {
      if try Pattern(source).groups == 0 {
        report.error(
          "the pattern of usher.derive has no group", line: line,
          advice: "put what is to be cut out between parentheses")
      }
    } catch {
      report.error(
        "the pattern of usher.derive is not valid: \(error.message)", line: line,
        advice: "correct it at its character \(error.offset + 1)")
    }
  }

  private static func checkHint(_ hint: Value.Map, _ line: Int, _ report: inout LintReport) {
    guard hint["verdict"]?.text == UsherExtension.Hint.Verdict.wrong.rawValue,
      hint["say"]?.text == nil
    else { return }
    report.warning(
      "a hint does not say what the wrong value is", line: line,
      advice: "add say with a sentence for the person who pasted it")
  }

  /// Reports a field that is not written with its scope or that the provider does not have.
  private static func checkField(
    _ text: String?, _ line: Int, _ provider: Provider, _ report: inout LintReport
  ) {
    guard let text, let id = Field.ID(text) else {
      return report.error(
        "a field is not named with its scope", line: line,
        advice: "write it like credentials.apiKey or params.subdomain")
    }
    let fields = Form(provider: provider, guide: nil).fields
    guard !fields.contains(where: { $0.id == id }) else { return }
    report.error(
      "\"\(provider.slug)\" has no field \(id)", line: line,
      advice: "use one of: \(fields.map(\.id.description).joined(separator: ", "))")
  }
}
