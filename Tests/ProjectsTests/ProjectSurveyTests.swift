import Basics
import Connections
import Projects
import Requests
import Testing

/// How a project stands, by what is linked.
@Suite("What a project still needs")
struct ProjectSurveyTests {
  private static let now = Timestamp(secondsSinceEpoch: 1_795_000_000)

  private static func status(
    _ provider: String, _ kind: Diagnosis.Kind = .accepted, expires: Int64? = nil
  ) -> ConnectionStatus {
    var summary = ConnectionSummary(entry: entry(provider))
    summary.checked = now
    summary.finding = ConnectionSummary.Finding(kind: kind)
    summary.finding?.expires = expires.map {
      Timestamp(secondsSinceEpoch: now.secondsSinceEpoch + $0 * 86_400)
    }
    return ConnectionStatus(summary, token: nil, soon: 14 * 86_400, at: now)
  }

  private static func entry(_ provider: String) -> ConnectionIndexEntry {
    ConnectionIndexEntry(
      name: ConnectionName(provider: provider)!, version: 1, created: now, changed: now)
  }

  private static func sealed(_ provider: String) -> ConnectionStatus {
    ConnectionStatus(
      ListedConnection(entry: entry(provider), content: .sealed), token: nil, soon: 0, at: now)
  }

  private static func unreadable(_ provider: String) -> ConnectionStatus {
    ConnectionStatus(
      ListedConnection(
        entry: entry(provider), content: .unreadable(.failed(Explanation(what: "it is broken")))),
      token: nil, soon: 0, at: now)
  }

  /// Of a project that requires `a` and can do without `b`.
  private static func survey(_ statuses: ConnectionStatus...) throws -> ProjectSurvey {
    let text = "connections: [{provider: a}, {provider: b, required: false}]"
    return ProjectSurvey(
      of: try ProjectFile(Array(text.utf8), file: "usher.yaml").sound(), statuses, obstacle: nil
    ) { _ in nil }
  }

  @Test func `what is missing, has ended or was refused can be linked`() throws {
    #expect(try Self.survey().verdict == .open)
    #expect(try Self.survey(Self.status("a", .refused)).verdict == .open)
    #expect(try Self.survey(Self.status("a", expires: -1)).verdict == .open)
  }

  @Test func `what ends soon, or was not checked, is there`() throws {
    #expect(try Self.survey(Self.status("a", expires: 3)).verdict == .complete)
    #expect(try Self.survey(Self.status("a", .uncheckable)).verdict == .complete)
  }

  @Test func `what is optional keeps nothing from being complete`() throws {
    let survey = try Self.survey(Self.status("a"), Self.status("b", .refused))
    #expect(survey.verdict == .complete)
    #expect(survey.open(required: false).map(\.need.name.provider) == ["b"])
    #expect(survey.countOfLinked == 1)
  }

  @Test func `what cannot be told or read is neither asked for nor called good`() throws {
    #expect(try Self.survey(Self.sealed("a")).verdict == .sealed)
    #expect(try Self.survey(Self.unreadable("a")).verdict == .unreadable)
    #expect(try Self.survey(Self.sealed("a")).open(required: true).isEmpty)
    #expect(try Self.survey(Self.status("a"), Self.sealed("b")).verdict == .complete)
  }
}
