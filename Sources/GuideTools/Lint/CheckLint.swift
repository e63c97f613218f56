internal import Basics
internal import ProviderFormat

/// Checks what belongs together in a request of `usher.check` and in what it says of answers.
enum CheckLint {
  static func check(_ step: Value.Map, _ report: inout LintReport) {
    let method = step["method"]?.text?.uppercased() ?? "GET"
    if !EntryKeys.methods.contains(method) {
      report.error(
        "the method \(method) is not known", line: step.line(of: "method"),
        advice: "use GET unless the provider asks for another one")
    }
    checkBodies(of: step, method, in: UsherExtension.CheckStep.schema.rules.name, &report)
  }

  /// - Parameter name: what such a request is called.
  static func checkBodies(
    of step: Value.Map, _ method: String, in name: String, _ report: inout LintReport
  ) {
    let bodies = step.members.filter { ["body", "form", "xml"].contains($0.key) }
    guard let body = bodies.first else { return }
    if bodies.count > 1 {
      report.error(
        "a request of \(name) has more than one body", line: bodies[1].line,
        advice: "keep one of \(bodies.map(\.key).joined(separator: " and "))")
    }
    if method == "GET" || method == "HEAD" {
      report.error(
        "a \(method) request sends no body", line: body.line, advice: "add method: POST")
    }
    if body.key == "xml", let text = body.value.text { checkMarkup(text, body.line, &report) }
  }

  /// A placeholder in a comment or a CDATA section could be left by its value: neither has a way to escape.
  private static func checkMarkup(_ text: String, _ line: Int, _ report: inout LintReport) {
    for (start, end) in [("<!--", "-->"), ("<![CDATA[", "]]>")] {
      guard let opened = text.firstRange(of: start) else { continue }
      let inside = text[opened.upperBound...]
      let closed = inside.firstRange(of: end)?.lowerBound ?? inside.endIndex
      if inside[..<closed].contains("${") {
        report.error(
          "a placeholder stands between \(start) and \(end)", line: line,
          advice: "put it into an element or an attribute, where its value can be escaped")
      }
    }
  }

  static func checkAnswer(_ answer: Value.Map, _ line: Int, _ report: inout LintReport) {
    for fact in answer["read"]?.map?.members ?? []
    where UsherExtension.Fact(rawValue: fact.key) == nil {
      let facts = UsherExtension.Fact.allCases.map(\.rawValue).sorted()
      report.warning(
        "the fact \"\(fact.key)\" is not known", line: fact.line == 0 ? line : fact.line,
        advice: "use one of: \(facts.joined(separator: ", "))")
    }
    for condition in answer["where"]?.map?.members ?? []
    where UsherExtension.Condition.Test(condition.value) == nil {
      report.error(
        "the condition on \"\(condition.key)\" is not known", line: condition.line,
        advice:
          "use a text, a list of texts, {is: list}, {is: present}, {is: absent} or {contains: text}"
      )
    }
  }
}
