internal import ArgumentParser
internal import Credentials
internal import Guides

/// `usher guides check`
struct GuidesCheck: UsherCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Find mistakes in a guide, a provider, or a folder of them.",
    discussion: """
      Sentences with file and line. The exit code is 1 when there is an error, so that CI can use it.

      EXAMPLES
        usher guides check ./guides
        usher guides check ./guides/acme --json
      """)

  @Argument(help: "A provider's folder, or a folder of them.", completion: .directory) var path:
    String
  @Flag(help: "Print JSON.") var json = false

  func perform() throws -> ExitCode {
    let findings = GuideLint.findings(inFolder: path)
    if json {
      Console.json(.map([("findings", .list(findings.map(GuidesCheck.json)))]))
    } else if findings.isEmpty {
      Console.line("No mistakes found in \(path).")
    } else {
      for finding in findings { Console.line("\(finding.severity.rawValue): \(finding.text)") }
    }
    return findings.contains { $0.severity == .error } ? .failed : .done
  }

  private static func json(_ finding: GuideFinding) -> Value {
    .map([
      ("severity", .string(finding.severity.rawValue)), ("file", .string(finding.file)),
      ("line", .int(finding.line)), ("message", .string(finding.message)),
      ("advice", .optional(finding.advice)),
    ])
  }
}
