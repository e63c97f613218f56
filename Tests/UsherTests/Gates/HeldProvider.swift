import Connections
import LoopbackSupport
import Store
import Synchronization
import TestSupport
import Testing

/// A provider with one key of any form, whose answer to a check is held back until a test lets it go. The program has an account of
/// it in its store already.
struct HeldProvider {
  /// Of the account that is there.
  static let storedKey = "stored-key-0a1b2c3d-EXAMPLE"
  /// Of the one that is being linked.
  static let typedKey = "typed-key-4e5f6a7b8c9d-EXAMPLE"

  let program: UsherProgram
  /// What a command needs to reach it.
  let options: [String]
  private let server: LoopbackServer
  private let waiting: Waiting

  /// The checks that have come, each held by a gate of its own.
  private final class Waiting: Sendable { let gates = Mutex<[LoopbackGate]>([]) }

  init(_ program: UsherProgram = UsherProgram()) async throws {
    let waiting = Waiting()
    server = try await LoopbackServer(.tls(.right)) { _ in
      let gate = LoopbackGate()
      waiting.gates.withLock { $0.append(gate) }
      return .pieces(["{", #""ok": true}"#], gate)
    }
    self.program = program
    self.waiting = waiting
    options = try AskedServer(port: server.port).options(for: program)
    let stored = program.run(
      ["connect", "acme", "--from", "-", "--no-check"] + options,
      input: #"{"credentials": {"apiKey": "\#(Self.storedKey)"}}"#)
    #expect(stored.status == 0, "\(stored.errorText)")
  }

  /// The command line that links another account.
  var command: [String] { ["connect", "acme", "--name", "second"] + options }

  /// How many checks have come.
  var checks: Int { waiting.gates.withLock { $0.count } }

  /// Lets the check that has come last have its answer: the rest of the body, and its end.
  func answer() {
    guard let gate = waiting.gates.withLock({ $0.last }) else { return }
    for _ in 0..<2 { gate.open() }
  }

  /// Whether the account that was there before is there as it was.
  var isIntact: Bool { program.run(["get", "acme/default"]).text == Self.storedKey }

  /// What is kept under the other name: the key that was typed, nothing, or something that is neither.
  var hasSecondWholeOrNot: Bool {
    let result = program.run(["get", "acme/second"])
    return result.status == 8 || result.text == Self.typedKey
  }

  /// Forgets what was typed for it and kept.
  func forgetDraft() throws {
    let name = try #require(ConnectionName(provider: "acme", name: "second"))
    try program.inStore { try $0.forget(name) }
  }
}
