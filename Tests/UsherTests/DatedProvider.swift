import Basics
import LoopbackSupport
import Synchronization
import TestSupport
import Testing

/// A provider whose keys end on a day that it tells, with a clock that a test sets along with the program's.
///
/// Its slug is `depot`. A key that has ended, or that it does not know, is refused; a key that asks for it is taken back.
struct DatedProvider {
  let server: LoopbackServer
  let program: UsherProgram
  private let state = State()
  /// The file of the authority that has signed its certificate.
  let authority: String
  /// What a command needs to reach it.
  let options: [String]

  private struct Key {
    let account: String
    let end: Timestamp
  }

  private final class State: Sendable {
    let values = Mutex((keys: [String: Key](), clock: FakeClock()))
  }

  init(_ program: UsherProgram) async throws {
    self.program = program
    let state = state
    server = try await LoopbackServer(.tls(.right)) { Self.answer($0, state) }
    let guides = program.home.file("guides")
    let entry = """
      {"display_name": "Depot", "auth_mode": "API_KEY",
       "proxy": {"base_url": "https://localhost:\(server.port)",
        "headers": {"x-api-key": "${apiKey}", "x-date": "${now:YYYY-MM-DD}"}},
       "credentials": {"apiKey": {"type": "string", "title": "API key", "secret": true}},
       "usher": {"check": [{"url": "/key", "answers": [
        {"status": 200, "means": "accepted", "read": {"account": "user", "expires": "ends"}}]}],
        "revoke": {"method": "DELETE", "url": "/key"}}}
      """
    try TestProvider.write(try #require(Value(json: entry).map), slug: "depot", below: guides)
    authority = TestProvider.authority(for: program)
    options = ["--guides", guides, "--ca", authority]
  }

  /// Makes a key that is good for so many days from now on, by the clock.
  func issue(_ key: String, days: Int64, account: String = "ann@example.com") {
    state.values.withLock { values in
      let end = Timestamp(secondsSinceEpoch: values.clock.now + days * 86_400)
      values.keys[key] = Key(account: account, end: end)
    }
  }

  /// Whether it knows a key, be it good or not.
  func knows(_ key: String) -> Bool { state.values.withLock { $0.keys[key] != nil } }

  /// From now on it knows the key no more.
  func withdraw(_ key: String) { state.values.withLock { _ = $0.keys.removeValue(forKey: key) } }

  /// Sets its clock.
  func set(_ clock: FakeClock) { state.values.withLock { $0.clock = clock } }

  /// Links an account with a key, at the time of its clock.
  func link(_ key: String, adding more: String...) -> ChildProcess {
    run(
      ["connect", "depot", "--from", "-"] + more + options,
      input: #"{"credentials": {"apiKey": "\#(key)"}}"#)
  }

  /// Runs the program at the time of its clock. `options` are not added: not every command takes them.
  func run(_ arguments: [String], input: String = "") -> ChildProcess {
    program.run(arguments, input: input, at: state.values.withLock { $0.clock })
  }

  private static func answer(_ request: LoopbackRequest, _ state: State) -> LoopbackReply {
    let name = request.header("x-api-key") ?? ""
    return state.values.withLock { values in
      guard let key = values.keys[name], key.end.secondsSinceEpoch > values.clock.now else {
        return .answer(401, body: #"{"message": "no such key"}"#)
      }
      if request.method == "DELETE" { values.keys.removeValue(forKey: name) }
      return .json(#"{"user": "\#(key.account)", "ends": "\#(key.end)"}"#)
    }
  }
}
