import Basics
import Connections
import Requests
import TestSupport
import Testing

/// `usher status` of connections of all kinds. Nobody is asked, so no provider is there.
@Suite(.timeLimit(.minutes(2)))
struct StatusCommandTests {
  private let program = UsherProgram()
  private let records: StatusRecords

  init() { records = StatusRecords(program: program) }

  private static let day: Int64 = 24

  private func addAll() throws {
    try records.key("fine", .accepted)
    try records.key("later", .accepted, expires: 40 * Self.day + 1)
    try records.key("soon", .accepted, expires: 9 * Self.day + 1)
    try records.key("over", .accepted, expires: -3 * Self.day - 1)
    try records.key("no", .refused, checked: -26 * Self.day)
    try records.key("unasked", nil)
    try records.key("nocheck", .uncheckable)
    try records.key("away", .accepted, attempt: .unreachable)
    try records.linked("default", expires: 1, isRenewable: true)
    try records.linked("short", expires: 6, isRenewable: false)
    try records.linked("endless", expires: nil, isRenewable: false)
    try records.linked("revoked", expires: 1, isRenewable: true, refused: -2)
  }

  /// What the table says, by the connection's name: the status and the next step.
  private func table(_ text: String) -> [[String]] {
    text.split(separator: "\n").map { line in
      String(line).split(separator: "  ", omittingEmptySubsequences: true)
        .map { String($0.drop { $0 == " " }) }
    }
  }

  private func day(_ hours: Int64) -> String {
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    let date = Timestamp(secondsSinceEpoch: records.now.secondsSinceEpoch + hours * 3600).calendar
    let day = "\(date.day) \(months[date.month - 1])"
    return date.year == records.now.calendar.year ? day : "\(day) \(date.year)"
  }

  @Test func `names of any length stay within a window, and whole in a pipe`() throws {
    let name = String(repeating: "long-name-", count: 6) + "1234"
    try records.key(name, .refused)
    try records.key("b", .accepted, expires: 40 * Self.day)
    for words in [["status"], ["list"]] {
      let terminal = try #require(program.start(words))
      #expect(terminal.waitForEnd() == (words == ["status"] ? 1 : 0))
      let lines = String(decoding: terminal.output, as: UTF8.self).split { $0.isNewline }
      #expect(lines.allSatisfy { $0.count <= 80 }, "\(lines)")
      #expect(lines.contains { $0 == "depot/\(name)" }, "\(lines)")
      let piped = program.run(words).text.split(separator: "\n")
      #expect(piped.count == 3 && piped.contains { $0.hasPrefix("depot/\(name)  ") })
    }
    let wide = try #require(program.start(["status"], columns: 240))
    #expect(wide.wait(for: "CONNECTION"))
  }

  @Test func `what needs a hand comes first, each with the command that mends it`() throws {
    try addAll()
    let result = program.run(["status"])
    #expect(result.status == 1)
    #expect(result.errorText == "")
    let expected = [
      ["CONNECTION", "STATUS", "NEXT"],
      [
        "depot/no", "refused on \(day(-26 * Self.day)): link again",
        "usher replace depot/no",
      ],
      [
        "hub/revoked", "refused on \(day(-2)): link again",
        "usher replace hub/revoked",
      ],
      ["depot/over", "ended 3 days ago", "usher replace depot/over"],
      ["hub/short", "expires in 6 hours", "usher replace hub/short"],
      ["depot/soon", "expires in 9 days", "usher replace depot/soon"],
      ["depot/nocheck", "not checked, no check is known"],
      ["depot/unasked", "not checked", "usher check depot/unasked"],
      ["depot/later", "good, expires in 40 days"],
      ["depot/away", "good; not reached, 1 hour ago"],
      ["depot/fine", "good"],
      ["hub/endless", "good"],
      ["hub/default", "renews itself"],
    ]
    #expect(table(result.text) == expected, "\(result.text)")
  }

  @Test func `what was never checked is sent to a check only where one is known`() throws {
    try records.key("asked", nil)
    try records.key("unknown", nil, isCheckable: false)
    try records.linked("default", expires: nil, isRenewable: false)
    let result = program.run(["status"])
    #expect(result.status == 0)
    #expect(
      table(result.text).dropFirst() == [
        ["depot/asked", "not checked", "usher check depot/asked"],
        ["depot/unknown", "not checked, no check is known"],
        ["hub/default", "good"],
      ], "\(result.text)")
    let json = try Value(json: program.run(["status", "--json"]).text)
    #expect(json["connections"]?.list?[1]["next"] == .null)
  }

  @Test func `of the end that was chosen and the one that the provider says the earlier counts`()
    throws
  {
    try records.key("own", .accepted, chosen: 9 * Self.day + 1)
    try records.key("told", .accepted, expires: 40 * Self.day + 1, chosen: 50 * Self.day)
    try records.key("early", .accepted, expires: 40 * Self.day + 1, chosen: 9 * Self.day + 1)
    let result = program.run(["status"])
    #expect(result.status == 1)
    #expect(
      table(result.text).dropFirst() == [
        ["depot/early", "expires in 9 days", "usher replace depot/early"],
        ["depot/own", "expires in 9 days", "usher replace depot/own"],
        ["depot/told", "good, expires in 40 days"],
      ])
    let listed = program.run(["list"]).text
    #expect(listed.contains("in 9 days, chosen") && listed.contains("in 40 days\n"), "\(listed)")
    let shown = program.run(["show", "depot/own"]).text
    #expect(shown.contains("(in 9 days, chosen)"), "\(shown)")
  }

  @Test func `a longer span finds more, and one of nothing only what has ended`()
    throws
  {
    try records.key("later", .accepted, expires: 40 * Self.day + 1)
    #expect(program.run(["status"]).status == 0)
    let wide = program.run(["status", "--expiring", "60d"])
    #expect(wide.status == 1)
    #expect(wide.text.contains("expires in 40 days  usher replace depot/later"))
    try records.key("soon", .accepted, expires: 1)
    #expect(program.run(["status", "--expiring=0"]).status == 0)
    try records.key("over", .accepted, expires: -1)
    #expect(program.run(["status", "--expiring=0"]).status == 1)
  }

  @Test func `a login notice is silent while all is well`() throws {
    let empty = program.run(["status", "--quiet"])
    #expect(empty.status == 0 && empty.text == "" && empty.errorText == "")
    #expect(program.run(["status"]).text.contains("Nothing is linked yet."))
    try records.key("fine", .accepted)
    try records.key("unasked", nil)
    try records.linked("default", expires: -1, isRenewable: true)
    let well = program.run(["status", "--quiet"])
    #expect(well.status == 0 && well.text == "" && well.errorText == "", "\(well.text)")
    try records.key("over", .accepted, expires: -73)
    let notice = program.run(["status", "--quiet"])
    #expect(notice.status == 1)
    #expect(
      notice.text == "depot/over  ended 3 days ago  usher replace depot/over\n")
    let both = program.run(["status", "--quiet", "--json"])
    #expect(both.status == 2)
    #expect(both.errorText.contains("leave --quiet out"))
  }

  @Test func `a token that only renews itself is used before its end, or is lost`() throws {
    // Of this provider a token is renewed by itself, when it is a day old, and not after its end.
    try records.linked("alive", provider: "instagram", expires: 19, isRenewable: false)
    try records.linked("young", provider: "instagram", expires: 10 * Self.day, isRenewable: false)
    try records.linked("lost", provider: "instagram", expires: -31, isRenewable: false)
    let rows = table(program.run(["status"]).text).dropFirst()
    #expect(
      Array(rows) == [
        ["instagram/lost", "ended 30 hours ago", "usher replace instagram/lost"],
        ["instagram/alive", "expires in 19 hours", "usher check instagram/alive"],
        ["instagram/young", "renews itself"],
      ], "\(rows)")
  }

  @Test func `the document has the same members for each, whatever is known of it`() throws {
    try addAll()
    let result = program.run(["status", "--json"])
    #expect(result.status == 1)
    let json = try Value(json: result.text)
    #expect(json["needs_hand"] == .bool(true))
    let connections = json["connections"]?.list ?? []
    #expect(connections.count == 12)
    let members = [
      "name", "provider", "state", "needs_hand", "sentence", "next", "expires", "refused",
      "account", "checked", "diagnosis", "error",
    ]
    for connection in connections { #expect(connection.map?.members.map(\.key) == members) }
    let states = connections.map { $0["state"]?.text ?? "" }
    #expect(
      states == [
        "refused", "refused", "ended", "expiring", "expiring", "not_checked", "not_checked", "good",
        "good", "good", "good", "renews_itself",
      ])
    let soon = connections[4]
    #expect(soon["name"] == .string("depot/soon"))
    #expect(soon["next"] == .string("usher replace depot/soon"))
    #expect(soon["sentence"] == .string("expires in 9 days"))
    #expect(soon["account"] == .string("ann@example.com"))
    #expect(soon["expires"]?.text.flatMap { Timestamp($0) } != nil)
    #expect(!result.text.contains("access-EXAMPLE") && !result.text.contains("key-EXAMPLE"))
    let nothing = try Value(json: UsherProgram().run(["status", "--json"]).text)
    #expect(nothing["needs_hand"] == .bool(false))
    #expect(nothing["connections"] == .list([]))
  }

  @Test func `without the identity it tells what is linked, and that it cannot say more`() throws {
    try records.key("over", .accepted, expires: -73)
    _ = ChildProcess.run("/usr/bin/rm", [program.identityPath], environment: program.environment)
    let result = program.run(["status"])
    #expect(result.status == 7)
    #expect(table(result.text).last == ["depot/over", "sealed"])
    #expect(
      result.errorText.contains("whether anything needs a hand is sealed"), "\(result.errorText)")
    let json = try Value(json: program.run(["status", "--json"]).text)
    #expect(json["needs_hand"] == .null)
    #expect(json["connections"]?.list?.first?["needs_hand"] == .null)
    #expect(json["connections"]?.list?.first?["error"]?.text != nil)
    let quiet = program.run(["status", "--quiet"])
    #expect(quiet.status == 7 && quiet.text == "" && !quiet.errorText.isEmpty)
  }

  @Test func `a span that is none is refused`() {
    let result = program.run(["status", "--expiring", "soon"])
    #expect(result.status == 2)
  }
}
