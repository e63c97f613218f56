internal import ArgumentParser
internal import Basics
internal import GuideText
internal import GuideTools

/// `usher guides check`
struct GuidesCheck: UsherCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Find mistakes in a guide, a provider, or a folder of them.",
    discussion: """
      Sentences with file and line. The exit code is 1 when there is an error, and with --strict also when there \
      is a warning, so that CI can use it. Notes say what could be better and never count.

      EXAMPLES
        usher guides check ./guides
        usher guides check ./guides/acme
        usher guides check ./guides/acme/guide.md --strict --json
      """)

  @Argument(
    help: "A provider's folder, a folder of them, a provider file, or a guide.",
    completion: .file())
  var path: String
  @Flag(help: "Print JSON.") var json = false
  @Flag(help: "Warnings count as errors.") var strict = false

  func perform() throws -> ExitCode {
    let findings = GuideLint.findings(at: path)
    if json {
      Console.json(.map([("findings", .list(findings.map(GuidesCheck.json)))]))
    } else {
      for finding in findings { Console.line("\(finding.severity.rawValue): \(finding.text)") }
      Console.line(summary(of: findings))
    }
    return findings.contains { $0.severity >= limit } ? .failed : .done
  }

  private var limit: GuideFinding.Severity { strict ? .warning : .error }

  /// `2 errors, 1 warning in ./guides.`
  private func summary(of findings: [GuideFinding]) -> String {
    guard !findings.isEmpty else { return "No mistakes found in \(path)." }
    let counts = [GuideFinding.Severity.error, .warning, .note].compactMap { severity in
      let count = findings.count { $0.severity == severity }
      return count == 0 ? nil : "\(count) \(severity.rawValue)\(count == 1 ? "" : "s")"
    }
    return "\(counts.joined(separator: ", ")) in \(path)."
  }

  private static func json(_ finding: GuideFinding) -> Value {
    .map([
      ("severity", .string(finding.severity.rawValue)), ("file", .string(finding.file)),
      ("line", .int(finding.line)), ("message", .string(finding.message)),
      ("advice", .optional(finding.advice)),
    ])
  }
}
