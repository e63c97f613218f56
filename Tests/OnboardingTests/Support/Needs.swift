import Basics
import Connections
import Projects
import Requests

/// A project of five connections, in several states.
enum Needs {
  private static let file = """
    connections:
      - provider: tally
        why: reads the sign-up form
      - {provider: tally, name: work, why: the same form of the other team}
      - provider: tailscale-api-key
        why: adds the build machines to the tailnet and takes them away again when a build has ended
      - provider: depot
      - provider: mail
        required: false
        why: tells somebody when a build fails
    """

  private static let titles = [
    "tally": "Tally", "tailscale-api-key": "Tailscale", "depot": "Depot", "mail": "Mail",
  ]

  /// - Parameters:
  ///   - linked: the connections that are there, and accepted.
  ///   - refused: one that is there, and was refused.
  static func survey(linked: [String] = [], refused: String? = nil) throws -> ProjectSurvey {
    var statuses = linked.map { status($0) }
    if let refused { statuses.append(status(refused, .refused)) }
    return try survey(statuses)
  }

  /// One that is good, one that ends soon, one that has ended, one that is sealed, and one that is missing.
  static func surveyOfAll() throws -> ProjectSurvey {
    try survey([
      status("tally/default"), status("tally/work", expires: 3),
      status("tailscale-api-key/default", expires: -3),
      ConnectionStatus(
        ListedConnection(entry: entry("depot/default"), content: .sealed), token: nil, soon: 0,
        at: Samples.now),
    ])
  }

  private static func survey(_ statuses: [ConnectionStatus]) throws -> ProjectSurvey {
    ProjectSurvey(
      of: try ProjectFile(Array(file.utf8), file: "usher.yaml").sound(), statuses, obstacle: nil
    ) {
      titles[$0]
    }
  }

  private static func status(
    _ name: String, _ kind: Diagnosis.Kind = .accepted, expires: Int64? = nil
  ) -> ConnectionStatus {
    var summary = ConnectionSummary(entry: entry(name))
    summary.checked = Samples.now
    summary.finding = ConnectionSummary.Finding(kind: kind)
    summary.finding?.account = "jane@example.com"
    summary.finding?.expires = expires.map {
      // Half an hour later, so that whole days are not near.
      Timestamp(secondsSinceEpoch: Samples.now.secondsSinceEpoch + $0 * 86_400 + 1800)
    }
    return ConnectionStatus(summary, token: nil, soon: 14 * 86_400, at: Samples.now)
  }

  private static func entry(_ name: String) -> ConnectionIndexEntry {
    let parts = name.split(separator: "/").map(String.init)
    return Samples.linked(parts[0], parts[1])
  }
}
