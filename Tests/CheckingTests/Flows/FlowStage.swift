import Basics
import Checking
import Drafts
import LoopbackSupport
import Requests

/// One provider for many flows: starting it takes longer than playing one of them.
struct FlowStage: Sendable {
  /// What a check came to, and what the provider wrote down of it: `POST /token 200 -`.
  typealias Outcome = (diagnosis: Diagnosis, log: [String])

  private let places: [String: String]
  private let server: Result<PythonProvider, any Error>

  private static let plain = FlowStage(.plain)
  private static let certificate = FlowStage(.certificate)
  /// Those for fetches, so that the logs of checks hold nothing else.
  private static let plainFetches = FlowStage(.plain)
  private static let certificateFetches = FlowStage(.certificate)

  private init(_ stage: Flow.Stage) {
    var (places, table): ([String: String], Value.Map) = ([:], Value.Map())
    for (number, named) in FlowFile.all.enumerated() {
      guard let flow = try? named.flow.get(), flow.stage == stage else { continue }
      places[named.name] = "/\(number)"
      table["\(number)"] = .list(flow.routes)
    }
    self.places = places
    server = Result {
      try PythonProvider(
        routes: Value.map(table).json, demandsCertificate: stage == .certificate)
    }
  }

  /// Plays a flow in a helper process.
  static func play(_ flow: Flow, named name: String) async throws -> Outcome {
    switch flow.stage {
    case .plain: try await plain.play(flow, named: name)
    case .certificate: try await certificate.play(flow, named: name)
    case .proxy: try await playThroughProxy(flow)
    }
  }

  /// Gets the token of a flow in a helper process.
  static func fetch(_ flow: Flow, named name: String) async throws -> TokenOutcome {
    switch flow.stage {
    case .plain: return try await plainFetches.fetch(flow, named: name)
    case .certificate: return try await certificateFetches.fetch(flow, named: name)
    case .proxy:
      let server = try PythonProvider(routes: Value.list(flow.routes).json)
      let proxy = try await LoopbackProxy(.tunnel(toPort: server.port))
      let outcome = await Account.fetch(
        try submission(flow, address: "https://api.provider.example"),
        variables: ["https_proxy": "http://127.0.0.1:\(proxy.port)"])
      await proxy.stop()
      return outcome
    }
  }

  private func fetch(_ flow: Flow, named name: String) async throws -> TokenOutcome {
    let address = try server.get().url + (places[name] ?? "")
    return await Account.fetch(try Self.submission(flow, address: address))
  }

  private func play(_ flow: Flow, named name: String) async throws -> Outcome {
    let server = try server.get()
    let place = places[name] ?? ""
    let diagnosis = await Fixture.checker().check(
      try Self.submission(flow, address: server.url + place))
    let log = server.log.filter { $0.contains(" \(place)/") }.map {
      $0.replacing(" \(place)/", with: " /")
    }
    return (diagnosis, log)
  }

  private static func playThroughProxy(_ flow: Flow) async throws -> Outcome {
    let server = try PythonProvider(routes: Value.list(flow.routes).json)
    let proxy = try await LoopbackProxy(.tunnel(toPort: server.port))
    let checker = Fixture.checker(variables: ["https_proxy": "http://127.0.0.1:\(proxy.port)"])
    let submission = try submission(flow, address: "https://api.provider.example")
    let diagnosis = await checker.check(submission)
    await proxy.stop()
    return (diagnosis, server.log)
  }

  private static func submission(_ flow: Flow, address: String) throws -> Submission {
    let entry = Value.map(flow.entry).json.replacing("SERVER", with: address)
    return try Fixture.submission(entry: entry, flow.values)
  }
}
