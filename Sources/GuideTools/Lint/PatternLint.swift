internal import Basics
internal import ProviderFormat

/// Checks a field's pattern: by itself, and against everything else that the field says of its value.
enum PatternLint {
  static func check(_ field: Field, _ declaration: Value.Map, _ report: inout LintReport) {
    checkStarred(field, declaration, &report)
    guard let source = field.pattern else { return }
    let line = declaration.line(of: "pattern")
    let name = field.id.name
    do throws(PatternError) {
      let pattern = try Pattern(source)
      let analysis = PatternAnalysis(pattern)
      guard analysis.canMatch else {
        report.error(
          "the pattern of \"\(name)\" contradicts itself: no value can match it", line: line,
          advice: "look for a ^ behind or a $ in front of something, and for an empty []")
        return
      }
      checkReach(field, analysis, line, &report)
      checkFormat(field, analysis, line, &report)
      checkValues(field, pattern, declaration, &report)
    } catch {
      report.warning(
        "the pattern of \"\(name)\" is not valid and is skipped: \(error.message)", line: line,
        advice: "correct it at its character \(error.offset + 1)")
    }
  }

  private static func checkReach(
    _ field: Field, _ analysis: PatternAnalysis, _ line: Int, _ report: inout LintReport
  ) {
    let name = field.id.name
    if analysis.hasDeadBranch {
      report.warning(
        "a part of the pattern of \"\(name)\" can never match", line: line,
        advice: "look between the bars | for a ^ behind or a $ in front of something")
    }
    // Choices are complete, and a format looks at the whole value.
    guard field.choices.isEmpty, field.format == nil, !analysis.isAnchored else {
      return
    }
    report.note(
      "the pattern of \"\(name)\" is also found in a part of the value", line: line,
      advice: "put ^ in front and $ behind if the whole value is meant")
  }

  /// A format allows only certain characters, and a UUID one length.
  private static func checkFormat(
    _ field: Field, _ analysis: PatternAnalysis, _ line: Int, _ report: inout LintReport
  ) {
    guard let format = field.format else { return }
    let needed = analysis.requiredScalars.sorted()
    let foreign = needed.first { !format.allows($0) }.flatMap(Unicode.Scalar.init)
    if let foreign {
      report.error(
        "the pattern of \"\(field.id.name)\" wants a \"\(foreign)\", which its format \(format.rawValue) does not allow",
        line: line, advice: "remove the pattern or the format")
    } else if format == .uuid, let longest = analysis.longest, longest < 36 {
      report.error(
        "the pattern of \"\(field.id.name)\" allows \(longest) characters, and its format uuid has 36",
        line: line, advice: "remove the pattern or the format")
    }
  }

  private static func checkValues(
    _ field: Field, _ pattern: Pattern, _ declaration: Value.Map, _ report: inout LintReport
  ) {
    let name = field.id.name
    if let example = field.example, !example.isEmpty, !isStarred(example), !pattern.matches(example)
    {
      report.warning(
        "the example of \"\(name)\" does not match its own pattern",
        line: declaration.line(of: "example"), advice: "correct one of the two")
    }
    if let value = field.defaultValue, !value.isEmpty, !pattern.matches(value) {
      report.error(
        "the default_value of \"\(name)\" does not match its own pattern",
        line: declaration.line(of: "default_value"), advice: "correct one of the two")
    }
    for choice in field.choices where !pattern.matches(choice) {
      report.error(
        "the choice \"\(choice)\" of \"\(name)\" does not match its own pattern",
        line: declaration.line(of: "enum"), advice: "remove the pattern: the choices are enough")
    }
  }

  /// Stars and dots in an example stand for characters that its author did not want to show.
  fileprivate static func isStarred(_ example: String) -> Bool {
    ["**", "..", "…", "••", "xxx", "XXX"].contains { example.contains($0) }
  }

  private static func checkStarred(
    _ field: Field, _ declaration: Value.Map, _ report: inout LintReport
  ) {
    guard let example = field.example, isStarred(example), let source = field.pattern,
      let pattern = try? Pattern(source), !pattern.matches(example)
    else { return }
    report.note(
      "the example of \"\(field.id.name)\" hides characters, so its pattern cannot be tried on it",
      line: declaration.line(of: "example"),
      advice: "make up a whole one, for instance with EXAMPLE at its end")
  }
}

extension PatternLint {
  /// An example that its own format refuses is wrong, and people copy examples.
  static func checkExample(
    _ field: Field, _ declaration: Value.Map, _ report: inout LintReport
  ) {
    guard let format = field.format, let example = field.example, !example.isEmpty,
      !isStarred(example), !format.mayBe(example)
    else { return }
    report.warning(
      "the example of \"\(field.id.name)\" is no \(format.rawValue), which its format asks for",
      line: declaration.line(of: "example"), advice: "correct the example or the format")
  }
}

extension Field.Format {
  /// Whether a text has the characters and the marks of the format.
  fileprivate func mayBe(_ text: String) -> Bool {
    guard text.unicodeScalars.allSatisfy({ allows($0.value) }) else { return false }
    switch self {
    case .hostname: return true
    case .uuid: return text.utf8.count == 36
    case .email: return text.contains("@")
    case .uri: return text.contains(":")
    }
  }

  /// Whether a character may stand in a value of this format at all.
  fileprivate func allows(_ scalar: UInt32) -> Bool {
    let isDigit = (0x30...0x39).contains(scalar)
    let isLetter = (0x41...0x5A).contains(scalar) || (0x61...0x7A).contains(scalar)
    switch self {
    case .hostname: return isDigit || isLetter || scalar == 0x2E || scalar == 0x2D
    case .uuid:
      return isDigit || scalar == 0x2D || (0x41...0x46).contains(scalar)
        || (0x61...0x66).contains(scalar)
    case .email, .uri: return !PatternClass.blank.contains(scalar)
    }
  }
}
