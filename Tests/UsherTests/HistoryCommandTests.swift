import Basics
import Connections
import LoopbackSupport
import ProviderFormat
import Secrets
import Store
import Synchronization
import TestSupport
import Testing

/// `usher history`, and what other commands note for it.
@Suite(.timeLimit(.minutes(2)))
struct HistoryCommandTests {
  private let program = UsherProgram()

  /// Another one than Tally's usual, which is no less a key.
  private static let otherKey = "tly-1bY8cX7dW6eV5fU4gT3hS2EXAMPLE"

  private func connect(_ more: String..., key: String = TestProvider.tallyKey) -> ChildProcess {
    program.run(
      ["connect", "tally", "--from", "-", "--no-check"] + more,
      input: #"{"credentials": {"apiKey": "\#(key)"}}"#)
  }

  /// The table's last column, without its title.
  private func told(_ name: String) -> [String] {
    program.run(["history", name]).text.split(separator: "\n").dropFirst().compactMap {
      $0.split(separator: "  ", omittingEmptySubsequences: true).last.map {
        String($0.drop { $0 == " " })
      }
    }
  }

  @Test func `it says when, who and what, and never a value`() throws {
    #expect(connect().status == 0)
    let first = program.run(["history", "tally"])
    #expect(first.status == 0)
    #expect(first.errorText == "")
    let lines = first.text.split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines[0].hasPrefix("WHEN") && lines[0].hasSuffix("WHAT"))
    #expect(lines[1].hasSuffix("linked"))
    #expect(connect("--replace", key: Self.otherKey).status == 0)
    let second = program.run(["history", "tally"])
    #expect(
      second.text.hasSuffix(
        "What it was before is kept: usher replace tally --undo brings it back.\n"))
    #expect(!second.text.contains(TestProvider.tallyKey))
    #expect(program.run(["show", "tally"]).text.contains("usher replace tally --undo"))
  }

  @Test func `JSON has every member, and says whether something can come back`() throws {
    #expect(connect().status == 0)
    try program.inStore { session in
      var record = try session.read(ConnectionName(provider: "tally")!)
      record.values.set(
        Field.ID(.credentials, "apiKey"), to: SecretBuffer(text: Self.otherKey))
      record.facts.history.append(
        ConnectionEvent(
          .edited, time: Timestamp(secondsSinceEpoch: 1_900_000_000),
          author: EventAuthor(user: "root (anna)", host: "lab"), detail: "credentials.apiKey"))
      try session.save(record, replacing: true, keepingToken: false)
    }
    let report = try Value(json: program.run(["history", "tally", "--json"]).text)
    #expect(
      report.map?.members.map(\.key) == ["name", "created", "version", "former_kept", "events"])
    #expect(report["former_kept"] == .bool(true))
    let events = report["events"]?.list ?? []
    #expect(events.compactMap { $0["event"]?.text } == ["linked", "edited"])
    #expect(events.first?["detail"] == .null)
    #expect(
      events.last?.json
        == #"{"event":"edited","time":"2030-03-17T17:46:40Z","user":"root (anna)","host":"lab","detail":"credentials.apiKey"}"#
    )
    let shown = try Value(json: program.run(["show", "tally", "--json"]).text)
    #expect(shown["former_kept"] == .bool(true))
    #expect(told("tally").dropLast() == ["linked", "changed credentials.apiKey"])
  }

  @Test func `a name that was set by somebody moves no terminal`() throws {
    #expect(connect().status == 0)
    try program.inStore { session in
      var record = try session.read(ConnectionName(provider: "tally")!)
      record.facts.history.append(
        ConnectionEvent(
          .edited, author: EventAuthor(user: "a\u{1B}[2J", host: "\u{7}"), detail: "x"))
      try session.save(record, replacing: true, keepingToken: false)
    }
    let text = program.run(["history", "tally"]).text
    #expect(!text.contains("\u{1B}") && !text.contains("\u{7}"))
  }

  @Test func `without the connection, and without its identity, it says so`() throws {
    #expect(program.run(["history", "tally"]).status == 8)
    #expect(connect().status == 0)
    let missing = program.run(["history", "tally", "--identity", "/nothing/here"])
    #expect(missing.status == 7)
  }

  @Test(.enabled(if: LoopbackCertificates.tool != nil))
  func `a check is noted when the provider's answer turns, and not otherwise`() async throws {
    let isGood = Mutex(true)
    let server = try await LoopbackServer(.tls(.right)) { _ in
      isGood.withLock { $0 } ? .json("{}") : .answer(401)
    }
    let options = try DepotProvider.options(for: program, at: server)
    let linked = program.run(
      ["connect", "depot", "--from", "-"] + options,
      input: #"{"credentials": {"apiKey": "dpt-1234567890abcdefEXAMPLE"}}"#)
    #expect(linked.status == 0, "\(linked.errorText)")
    func check() -> Int32 { program.run(["check", "depot"] + options.suffix(2)).status }
    #expect(check() == 0)
    isGood.withLock { $0 = false }
    #expect(check() == 5)
    #expect(check() == 5)
    isGood.withLock { $0 = true }
    #expect(check() == 0)
    #expect(check() == 0)
    #expect(told("depot") == ["linked", "refused by the provider", "accepted again"])
    await server.stop()
  }
}
