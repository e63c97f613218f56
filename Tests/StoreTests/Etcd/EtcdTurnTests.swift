import Basics
import Connections
import LoopbackSupport
import Store
import TestSupport
import Testing

@testable import Store

@Suite("turns for a token between machines", .enabled(if: EtcdCluster.isAvailable))
struct EtcdTurnTests {
  private let cluster = EtcdCluster.shared

  private func isHeld(_ turn: borrowing TokenTurn) -> Bool? {
    switch turn {
    case .taken(let lock): lock.isHeld()
    case .passed: nil
    case .unkeepable: nil
    }
  }

  /// The leases under which turns of a store are held.
  private func leases(_ prefix: String) -> [String] {
    cluster.control(["get", "--prefix", "\(prefix)/turns/", "-w", "fields"]).text
      .split(separator: "\n").filter { $0.hasPrefix("\"Lease\"") }
      .compactMap { Int($0.split(separator: " ").last ?? "") }
      .map { String($0, radix: 16) }
  }

  @Test(.timeLimit(.minutes(2)))
  func `one machine has it at a time, and gives it back`() throws {
    let home = TestHome()
    let store = home.teamStore()
    try store.save("x-EXAMPLE")
    do {
      let turn = try store.lockToken(of: TestRecord.tally, since: 0)
      #expect(isHeld(turn) == true)
      #expect(leases(home.teamPrefix).count == 1)
    }
    #expect(leases(home.teamPrefix).isEmpty)
    #expect(isHeld(try home.teamStore().lockToken(of: TestRecord.tally, since: 0)) == true)
  }

  @Test(.timeLimit(.minutes(2)))
  func `whoever the servers take for dead knows it before a refresh token is spent`() throws {
    let home = TestHome()
    let store = home.teamStore()
    try store.save("x-EXAMPLE")
    let turn = try store.lockToken(of: TestRecord.tally, since: 0)
    #expect(isHeld(turn) == true)
    let lease = try #require(leases(home.teamPrefix).first)
    #expect(cluster.control(["lease", "revoke", lease]).status == 0)
    #expect(isHeld(turn) == false)
    let other = try home.teamStore().lockToken(of: TestRecord.tally, since: 0)
    #expect(isHeld(other) == true && isHeld(turn) == false)
  }
}
