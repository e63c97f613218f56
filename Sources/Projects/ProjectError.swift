package import Basics
package import GuideText

/// Why a project's file cannot be used. Nothing was asked and nothing changed.
package enum ProjectError: Explained, Equatable {
  /// There is no such file.
  /// - Parameter isNamed: whether somebody named it; else the usual one was looked for.
  case missing(String, isNamed: Bool)
  /// It is there and cannot be read: why.
  case unreadable(String, reason: String)
  /// What is wrong with it, at least one thing, in the order of its lines.
  case wrong(String, [GuideFinding])

  package var explanation: Explanation {
    switch self {
    case .missing(let file, isNamed: true):
      Explanation(
        what: "there is no file \(file)",
        advice: "usher setup --new \(file) writes one from what is linked")
    case .missing(let file, isNamed: false):
      Explanation(
        what: "there is no \(file) here", why: "only the working directory is looked in",
        advice: "name the file, or let usher setup --new write one from what is linked")
    case .unreadable(let file, let reason):
      Explanation(
        what: "cannot read \(file)", why: reason, advice: "name a file that you may read")
    case .wrong(let file, let findings): ProjectError.explanation(of: findings, in: file)
    }
  }

  /// One mistake is told in a sentence, several are told in a line each: they can be mended in one go.
  private static func explanation(of findings: [GuideFinding], in file: String) -> Explanation {
    let what = "\(file) cannot be used"
    guard findings.count > 1 else {
      let finding = findings.first
      return Explanation(
        what: what, why: finding.map { "\(place($0))\($0.message)" }, advice: finding?.advice)
    }
    let lines = findings.map { finding in
      "\n  \(place(finding))\(finding.message)" + (finding.advice.map { "; \($0)" } ?? "")
    }
    return Explanation(
      what: what, why: "\(findings.count) mistakes" + lines.joined(),
      advice: "usher help setup shows what such a file holds")
  }

  private static func place(_ finding: GuideFinding) -> String {
    finding.line > 0 ? "line \(finding.line): " : ""
  }
}
