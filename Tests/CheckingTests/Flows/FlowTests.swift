import Basics
import Glibc
import LoopbackSupport
import Requests
import Testing

/// Whole checks against a provider that judges them with an implementation of its own, from the files in `Data`.
@Suite(.needsOpenSSL, .needsPython, .timeLimit(.minutes(1))) struct FlowTests {
  @Test(arguments: FlowFile.all)
  func `a check comes to what the file says`(_ named: NamedFlow) async throws {
    let flow = try named.flow.get()
    let expected = flow.expected
    let started = Int(time(nil))
    let (diagnosis, log) = try await FlowStage.play(flow, named: named.name)
    let comment = Comment(rawValue: "\(named.name): \(diagnosis) \(log)")
    #expect(diagnosis.kind == expected.verdict, comment)
    #expect(diagnosis.cause == expected.cause, comment)
    for words in expected.says { #expect(diagnosis.sentence.contains(words), comment) }
    #expect(diagnosis.organization == expected.organization, comment)
    if let requests = expected.requests {
      #expect(log.map { $0.split(separator: " ").prefix(3).joined(separator: " ") } == requests)
    } else {
      #expect(log.allSatisfy { $0.hasSuffix(" -") }, comment)
      #expect(log.count == flow.routes.count, comment)
    }
    let end = diagnosis.tokenExpires
    if let moment = expected.tokenExpires {
      #expect(end?.description == moment, comment)
    } else if let life = expected.life {
      // Some seconds pass, before a check and in it.
      let lives = try #require(end, comment).secondsSinceEpoch - Int64(started)
      #expect((Int64(life) - 30...Int64(life) + 30).contains(lives), comment)
    } else {
      #expect(end == nil, comment)
    }
    // Params are no secrets; and what is short stands in other words by chance.
    let secrets = flow.values.filter { !$0.key.hasPrefix("params.") && $0.value.count >= 8 }.values
    for text in secrets + expected.hidden { #expect(!"\(diagnosis)".contains(text), comment) }
  }

  @Test func `there are files`() {
    #expect(!FlowFile.all.isEmpty)
  }

  private static let good = """
    entry: { auth_mode: API_KEY }
    values: { credentials.apiKey: key }
    provider: [{ path: /me, auth: [{ kind: none }] }]
    expect: { verdict: accepted }
    also: { another key: { expect: { verdict: refused } } }
    """

  @Test func `a file is one flow and a case for each difference`() throws {
    let flows = FlowFile.flows(Array(Self.good.utf8), name: "good")
    #expect(flows.map(\.name) == ["good", "good: another key"])
    #expect(try flows.map { try $0.flow.get().expected.verdict } == [.accepted, .refused])
  }

  @Test(arguments: [
    ("verdict: accepted", "verdct: accepted"), ("verdict: accepted", "verdict: acepted"),
    ("verdict: accepted", "verdict: accepted, live: 60"), ("values:", "vaules:"),
    ("path: /me", "pth: /me"), ("kind: none", "knd: none"), ("key }", "KEY(rsa.pivate) }"),
    ("key }", "KEY(rsa.private backwards) }"), ("key }", "[key] }"), ("refused", "refusd"),
    ("{ expect: { verdict: refused } }", "{ provider: [], expect: { verdict: refused } }"),
    ("also:", "expect:"), ("also:", "stage: moon\nalso:"), ("also: {", "also: {{"),
  ])
  func `a file with a word that means nothing is a failure`(_ word: String, _ other: String) {
    let text = Self.good.replacing(word, with: other)
    #expect(text != Self.good)
    let flows = FlowFile.flows(Array(text.utf8), name: "bad")
    #expect(flows.contains { (try? $0.flow.get()) == nil })
  }
}
