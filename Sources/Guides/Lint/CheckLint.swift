/// Checks one request of `usher.check` and what it says of answers.
enum CheckLint {
  private static let bodyKeys: Set = ["body", "form", "xml"]
  private static let stepKeys = bodyKeys.union([
    "url", "method", "query", "headers", "skip_when", "fallback", "answers",
  ])
  private static let answerKeys: Set = [
    "status", "where", "contains", "means", "say", "next", "read",
  ]
  private static let methods: Set = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]
  private static let facts: Set = ["account", "organization", "expires", "rights", "description"]

  static func check(
    _ step: Value.Map, _ line: Int, _ provider: Provider, _ report: inout LintReport
  ) {
    report.unknownKeys(in: step, of: "usher.check", known: stepKeys)
    if step["url"]?.text == nil {
      report.error("a request of usher.check has no url", line: line, advice: "add one")
    }
    let method = step["method"]?.text?.uppercased() ?? "GET"
    if !methods.contains(method) {
      report.error(
        "the method \(method) is not known", line: step.line(of: "method"),
        advice: "use GET unless the provider asks for another one")
    }
    checkBody(step, method, &report)
    for key in ["query", "headers"] { checkTexts(step, key, &report) }
    if let skip = step["skip_when"]?.map {
      let line = step.line(of: "skip_when")
      UsherLint.checkField(skip["field"]?.text, line, provider, &report)
      if skip["equals"]?.text == nil {
        report.error("skip_when has no equals", line: line, advice: "add the value to compare with")
      }
    }
    for answer in step["answers"]?.list ?? [] {
      if let map = answer.map { checkAnswer(map, &report) }
    }
  }

  // MARK: What is sent

  private static func checkBody(
    _ step: Value.Map, _ method: String, _ report: inout LintReport
  ) {
    let bodies = step.members.filter { bodyKeys.contains($0.key) }
    guard let body = bodies.first else { return }
    if bodies.count > 1 {
      report.error(
        "a request of usher.check has more than one body", line: bodies[1].line,
        advice: "keep one of body, form and xml")
    }
    if method == "GET" || method == "HEAD" {
      report.error(
        "a \(method) request sends no body", line: body.line, advice: "add method: POST")
    }
    if body.key == "form", body.value.map == nil {
      report.error(
        "the form of a request is not a map", line: body.line, advice: "write it as name: value")
    }
    guard body.key == "xml" else { return }
    guard let text = body.value.text else {
      return report.error(
        "the xml of a request is not a text", line: body.line,
        advice: "write the document below xml: | with all its lines indented")
    }
    checkMarkup(text, body.line, &report)
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

  private static func checkTexts(
    _ step: Value.Map, _ key: String, _ report: inout LintReport
  ) {
    guard let value = step[key] else { return }
    let members = value.map?.members ?? []
    if value.map == nil || members.contains(where: { $0.value.text == nil }) {
      report.error(
        "\(key) of a request is not a map of texts", line: step.line(of: key),
        advice: "write each as name: value")
    }
  }

  // MARK: Answers

  private static func checkAnswer(_ answer: Value.Map, _ report: inout LintReport) {
    let line = answer.members.first?.line ?? 0
    report.unknownKeys(in: answer, of: "an answer of usher.check", known: answerKeys)
    let words = UsherExtension.Meaning.allCases.map(\.rawValue).joined(separator: ", ")
    if answer["means"]?.text.flatMap(UsherExtension.Meaning.init) == nil {
      report.error(
        "an answer does not say what it means", line: answer.line(of: "means"),
        advice: "add means with one of: \(words)")
    }
    if let status = answer["status"], StatusSet(status) == nil {
      report.error(
        "the status of an answer is no HTTP status", line: answer.line(of: "status"),
        advice: "use a number from 100 to 599, a hundred like 2xx, a list of these, or {not: …}")
    }
    checkConditions(answer, &report)
    for fact in answer["read"]?.map?.members ?? [] where !facts.contains(fact.key) {
      report.warning(
        "the fact \"\(fact.key)\" is not known", line: fact.line == 0 ? line : fact.line,
        advice: "use one of: \(facts.sorted().joined(separator: ", "))")
    }
  }

  private static func checkConditions(_ answer: Value.Map, _ report: inout LintReport) {
    if let conditions = answer["where"], conditions.map == nil {
      report.error(
        "where of an answer is not a map", line: answer.line(of: "where"),
        advice: "write each condition as path: text")
    }
    for condition in answer["where"]?.map?.members ?? []
    where UsherExtension.Condition.Test(condition.value) == nil {
      report.error(
        "the condition on \"\(condition.key)\" is not known", line: condition.line,
        advice:
          "use a text, a list of texts, {is: list}, {is: present}, {is: absent} or {contains: text}"
      )
    }
    if let words = answer["contains"], words.texts.isEmpty {
      report.error(
        "contains of an answer is neither a text nor a list of texts",
        line: answer.line(of: "contains"), advice: "write the words that must occur")
    }
  }
}
