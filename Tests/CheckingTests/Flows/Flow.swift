import Basics
import Checking
import Glibc
import LoopbackSupport
import Requests
import Testing

/// A whole check that a provider judges for itself: the entry, what the user enters, what the provider demands, and
/// what the check should come to.
struct Flow: Sendable, CustomTestStringConvertible {
  let name: String
  /// JSON. `SERVER` stands for the provider's address.
  let entry: String
  let values: [String: String]
  /// The provider's table, as `Fixtures/PythonProvider/provider.py` describes it. `SERVER` stands for its address too.
  let routes: String
  var kind = Diagnosis.Kind.accepted
  var cause: Diagnosis.Cause?
  /// Part of the sentence, where it matters which one it is.
  var sentence = ""
  /// How long the token lives from now on, in seconds; nil when nothing is known of its end.
  var life: Int64?
  /// What arrives at the provider, and how it is answered: `POST /token 200`. Nil for one request to each of its
  /// routes, with none refused.
  var requests: [String]?

  var testDescription: String { name }

  /// A text as it stands in JSON, quotes included.
  static func json(_ text: String) -> String { Value.string(text).json }

  /// The table of one provider for several flows, each below a path of its own.
  static func table(_ flows: [Flow]) -> String {
    let routes = flows.enumerated().map { #""\#($0)": \#($1.routes)"# }
    return "{\(routes.joined(separator: ","))}"
  }
}

/// One provider for all flows of a suite: starting it takes longer than playing one of them.
struct FlowStage: Sendable {
  private let flows: [Flow]
  private let server: Result<PythonProvider, any Error>

  init(_ flows: [Flow], demandsCertificate: Bool = false) {
    self.flows = flows
    server = Result {
      try PythonProvider(routes: Flow.table(flows), demandsCertificate: demandsCertificate)
    }
  }

  /// Plays a flow in a checking process and compares what it comes to.
  func play(_ flow: Flow, _ checker: HelperChecker = Fixture.checker()) async throws {
    let server = try server.get()
    let place = "/\(try #require(flows.firstIndex { $0.name == flow.name }))"
    let entry = flow.entry.replacing("SERVER", with: server.url + place)
    let started = Int64(time(nil))
    let diagnosis = await checker.check(try Fixture.submission(entry: entry, flow.values))
    let log = server.log.filter { $0.contains(" \(place)/") }.map {
      $0.replacing(" \(place)/", with: " /")
    }
    let comment = Comment(rawValue: "\(diagnosis) \(log)")
    #expect(diagnosis.kind == flow.kind, comment)
    #expect(diagnosis.cause == flow.cause, comment)
    #expect(diagnosis.sentence.contains(flow.sentence), comment)
    if let requests = flow.requests {
      #expect(log.map { $0.split(separator: " ").prefix(3).joined(separator: " ") } == requests)
    } else {
      #expect(log.allSatisfy { $0.hasSuffix(" -") }, comment)
      #expect(log.count == (try Value(json: flow.routes).list?.count), comment)
    }
    let life = diagnosis.tokenExpires.map { $0.secondsSinceEpoch - started }
    #expect((life == nil) == (flow.life == nil), comment)
    // Some seconds pass, before a check and in it.
    if let life, let expected = flow.life {
      #expect((expected - 30...expected + 30).contains(life))
    }
    for (_, text) in flow.values where text.count >= 8 { #expect(!"\(diagnosis)".contains(text)) }
  }
}
