import Checking
import LoopbackSupport
import Requests
import Testing

/// Token endpoints that answer so that reading them should never end, or fill the machine.
@Suite(.needsOpenSSL, .timeLimit(.minutes(1))) struct HostileTokenTests {
  struct Attack: Sendable, CustomTestStringConvertible {
    let name: String
    let reply: LoopbackReply
    var kind = Diagnosis.Kind.unclear
    var cause: Diagnosis.Cause?
    /// For the whole check.
    var total = Duration.seconds(10)

    var testDescription: String { name }
  }

  /// In kB: the process with its libraries takes 20 MB, and an answer of 1 MiB is held in several forms.
  private static let mostMemory = 60 * 1024
  /// In bytes: just below what is read of an answer.
  private static let size = 1_040_000
  /// In bytes: for texts that are looked at in many ways, so that a build without optimization takes its time.
  private static let long = 128_000

  private static func times(_ count: Int, _ text: String) -> String {
    String(repeating: text, count: count)
  }

  static let attacks = [
    Attack(
      name: "a byte every few milliseconds", reply: .drip, cause: .timeout,
      total: .milliseconds(300)),
    Attack(name: "a body without end", reply: .endless, cause: .badAnswer),
    Attack(name: "a body that unpacks without end", reply: .gzipBomb, cause: .badAnswer),
    Attack(name: "a head of a megabyte", reply: .longHeaders(1_000_000), cause: .badAnswer),
    Attack(name: "lists in lists", reply: .json(times(size, "[")), cause: .badAnswer),
    Attack(
      name: "objects in objects", reply: .json(times(size / 5, #"{"a":"#)), cause: .badAnswer),
    Attack(name: "many members", reply: .json("{\(times(size / 6, #""a":1,"#))\"b\":1}")),
    Attack(
      name: "a long refusal", reply: .answer(400, body: #"{"error":"\#(times(size, "x"))"}"#),
      kind: .refused),
    Attack(
      name: "a token without end",
      reply: .json(
        #"{"access_token":"\#(times(long / 8, "abcdefgh"))","url":"\#(times(200, "x"))"}"#),
      kind: .accepted),
    Attack(
      name: "kept words without end",
      reply: .json(#"{"access_token":"t-EXAMPLE-1","url":"\#(times(long / 8, "abcdefgh"))"}"#),
      kind: .accepted),
    Attack(
      name: "entities that grow",
      reply: .answer(
        200,
        body: """
          <!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
          <!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><access_token>&c;</access_token>
          """), cause: .badAnswer),
    Attack(
      name: "elements in elements", reply: .answer(200, body: times(size / 3, "<a>")),
      cause: .badAnswer),
    Attack(
      name: "many elements", reply: .answer(200, body: "<r>\(times(size / 4, "<a/>"))</r>"),
      cause: .badAnswer),
    Attack(
      name: "a page of beginnings",
      reply: .answer(200, body: "<html>\(times(size / 7, "<title "))")),
    Attack(
      name: "form data without a value",
      reply: .answer(200, body: "error=\(times(size / 6, "&error"))")),
    Attack(
      name: "an attribute without end",
      reply: .answer(200, body: "<r a='\(times(long / 5, "&amp;"))'/>")),
  ]

  private static func entry(_ port: Int, _ members: String = "") -> String {
    """
    {"display_name":"Acme","auth_mode":"TWO_STEP","token_url":"https://localhost:\(port)/token",
     "token_params":{"key":"${credentials.key}"},"token_response":{"token":"access_token"},
     "token_response_metadata":["url"]\(members)}
    """
  }

  private static let values = ["credentials.key": "key-EXAMPLE-1"]

  @Test(arguments: attacks)
  func `a hostile answer is read within its limits`(_ attack: Attack) async throws {
    let server = try await LoopbackServer { _ in attack.reply }
    var limits = CheckLimits()
    limits.total = attack.total
    let (diagnosis, kilobytes) = try Fixture.measure(
      try Fixture.submission(entry: Self.entry(server.port), Self.values), limits: limits)
    #expect(diagnosis.kind == attack.kind, "\(diagnosis)")
    #expect(diagnosis.cause == attack.cause, "\(diagnosis)")
    #expect((diagnosis.providerSays ?? "").count <= 300)
    #expect(diagnosis.metadata.values.allSatisfy { $0.count <= 300 })
    #expect(kilobytes < Self.mostMemory)
    #expect(server.requests.count == 1)
    await server.stop()
  }

  /// Further steps, as many as an entry can list.
  private static func steps(_ count: Int, _ port: Int) -> String {
    let step = #"{"token_url":"https://localhost:\#(port)/more"}"#
    return #","additional_steps":[\#(Array(repeating: step, count: count).joined(separator: ","))]"#
  }

  @Test func `an entry of many steps ends at the limit of requests`() async throws {
    let server = try await LoopbackServer { _ in .json("{}") }
    let entry = Self.entry(server.port, Self.steps(20, server.port))
    let diagnosis = await Fixture.checker().check(
      try Fixture.submission(entry: entry, Self.values))
    #expect(diagnosis.kind == .unreachable)
    #expect(diagnosis.sentence.contains("more than 16 requests"))
    #expect(server.requests.count == 16)
    await server.stop()
  }

  @Test func `many steps with long answers end at the limit of all answers together`() async throws
  {
    let long = LoopbackReply.json(#"{"x":"\#(Self.times(Self.size, "x"))"}"#)
    let server = try await LoopbackServer { _ in long }
    let entry = Self.entry(server.port, Self.steps(10, server.port))
    let (diagnosis, kilobytes) = try Fixture.measure(
      try Fixture.submission(entry: entry, Self.values))
    #expect(diagnosis.cause == .badAnswer, "\(diagnosis)")
    #expect(kilobytes < Self.mostMemory)
    #expect(server.requests.count == 5)
    await server.stop()
  }
}
