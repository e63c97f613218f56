/// Checks the `usher:` key, in which a misspelt word would silently change what the check says.
enum UsherLint {
  private static let known: Set = ["domain", "check", "derive", "hints", "severity", "revoke"]
  private static let deriveKeys: Set = [
    "field", "name", "text", "pattern", "from", "answer", "because",
  ]

  static func check(_ provider: Provider, _ report: inout LintReport) {
    checkScript(provider, &report)
    guard let value = provider.entry["usher"] else { return }
    guard let usher = value.map else {
      report.error(
        "usher is not a map", line: provider.entry.line(of: "usher"), advice: "indent its keys")
      return
    }
    report.unknownKeys(in: usher, of: "usher", known: known)
    for member in usher.members {
      switch member.key {
      case "check": each(member, &report) { CheckLint.check($0, $1, provider, &$2) }
      case "derive": each(member, &report) { checkDerivation($0, $1, provider, &$2) }
      case "hints": each(member, &report) { checkHint($0, $1, provider, &$2) }
      case "severity": checkSeverity(member, provider, &report)
      case "revoke": checkRevocation(member, &report)
      default: break
      }
    }
  }

  /// A script is a name for a check that comes with the program; an own `usher.check` goes before it.
  private static func checkScript(_ provider: Provider, _ report: inout LintReport) {
    guard let script = provider.verificationScript, provider.usher.check.isEmpty else { return }
    report.warning(
      "the check \"\(script)\" is not known, so nothing checks these credentials",
      line: provider.entry.line(of: "credentials_verification_script"),
      advice: "write its requests under usher.check")
  }

  /// Hands every entry of a list of maps on, with the line it begins on.
  private static func each(
    _ member: Value.Member, _ report: inout LintReport,
    _ check: (Value.Map, Int, inout LintReport) -> Void
  ) {
    guard let list = member.value.list else {
      return report.error(
        "usher.\(member.key) is not a list", line: member.line, advice: "begin each entry with a -")
    }
    for value in list {
      guard let map = value.map else {
        report.error(
          "an entry of usher.\(member.key) is not a map", line: member.line,
          advice: "write it as key: value")
        continue
      }
      check(map, map.members.first?.line ?? member.line, &report)
    }
  }

  private static func checkDerivation(
    _ derivation: Value.Map, _ line: Int, _ provider: Provider, _ report: inout LintReport
  ) {
    report.unknownKeys(in: derivation, of: "usher.derive", known: deriveKeys)
    if let field = derivation["field"]?.text {
      checkField(field, derivation.line(of: "field"), provider, &report)
    } else if derivation["name"]?.text == nil {
      report.error(
        "an entry of usher.derive has neither field nor name", line: line,
        advice: "say what the value is for")
    }
    if let source = derivation["pattern"]?.text {
      checkField(derivation["from"]?.text, derivation.line(of: "from"), provider, &report)
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

  private static func checkHint(
    _ hint: Value.Map, _ line: Int, _ provider: Provider, _ report: inout LintReport
  ) {
    report.unknownKeys(
      in: hint, of: "usher.hints", known: ["field", "starts_with", "verdict", "say"])
    checkField(hint["field"]?.text, hint.line(of: "field"), provider, &report)
    if hint["starts_with"]?.text?.isEmpty ?? true {
      report.error("a hint has no starts_with", line: line, advice: "add the beginning it is about")
    }
    let verdict = hint["verdict"]?.text.flatMap(UsherExtension.Hint.Verdict.init)
    if verdict == nil {
      report.error(
        "a hint has no known verdict", line: hint.line(of: "verdict"),
        advice: "use right, wrong or required")
    }
    if verdict == .wrong, hint["say"]?.text == nil {
      report.warning(
        "a hint does not say what the wrong value is", line: line,
        advice: "add say with a sentence for the person who pasted it")
    }
  }

  private static func checkSeverity(
    _ member: Value.Member, _ provider: Provider, _ report: inout LintReport
  ) {
    for severity in member.value.map?.members ?? [] {
      checkField(severity.key, severity.line, provider, &report)
      if severity.value.text.flatMap(UsherExtension.PatternSeverity.init) == nil {
        report.error(
          "the severity of \"\(severity.key)\" is not known", line: severity.line,
          advice: "use error or warning")
      }
    }
  }

  private static func checkRevocation(_ member: Value.Member, _ report: inout LintReport) {
    guard let revocation = member.value.map else {
      return report.error("usher.revoke is not a map", line: member.line, advice: "indent its keys")
    }
    report.unknownKeys(in: revocation, of: "usher.revoke", known: ["page", "method", "url"])
    if let page = revocation["page"]?.text, !page.hasPrefix("https://") {
      report.warning(
        "the page of usher.revoke is no https address", line: revocation.line(of: "page"),
        advice: "write the whole address")
    }
  }

  /// Reports a field that is not written with its scope or that the provider does not have.
  static func checkField(
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
