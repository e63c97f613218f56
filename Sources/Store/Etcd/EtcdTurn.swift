internal import Basics
internal import Connections

/// A turn to get tokens for a connection, which no other machine has at the same time. Ends with this value.
final class EtcdTurn: HeldTurn {
  private let lease: EtcdLease

  private init(_ lease: consuming EtcdLease) { self.lease = lease }

  deinit { lease.end() }

  func isHeld() -> Bool { lease.isAlive() }

  /// Waits for it.
  /// - Parameter isPassed: asked before each pause; true ends the wait.
  static func take(
    _ row: IndexRow, _ client: EtcdClient, unless isPassed: () throws(StoreError) -> Bool,
    notice: StoreNotice.Receiver?
  ) throws(StoreError) -> TokenTurn {
    do throws(StoreFailure) {
      let lease = try EtcdLease(client)
      switch wait(for: row, lease.id, client, unless: isPassed, notice) {
      case .mine: return .taken(TokenLock(heldBy: EtcdTurn(lease)))
      case .passed:
        lease.end()
        return .passed
      case .failed(let error):
        lease.end()
        throw error
      }
    } catch {
      throw error.explained("no token for \(row.name)")
    }
  }

  private enum Turn {
    case mine, passed
    case failed(StoreFailure)
  }

  private static func wait(
    for row: IndexRow, _ lease: String, _ client: EtcdClient,
    unless isPassed: () throws(StoreError) -> Bool, _ notice: StoreNotice.Receiver?
  ) -> Turn {
    let key = EtcdLayout.turn(client.address.prefix, row.id)
    let wait = EtcdWait(notice, "which is getting a token for \(row.name)")
    do throws(StoreFailure) {
      while try !put(key, lease, client) {
        do throws(StoreError) {
          if try isPassed() { return .passed }
        } catch {
          return .failed(.explained(error))
        }
        guard wait.pause(upTo: StoreWaiting.tokenLimit) else {
          return .failed(.explained(tooLong(row.name)))
        }
      }
      return .mine
    } catch {
      return .failed(error)
    }
  }

  /// Its own name stands in it, so that it is known again after an answer that was lost.
  private static func put(
    _ key: String, _ lease: String, _ client: EtcdClient
  ) throws(StoreFailure) -> Bool {
    let sign = Array(lease.utf8)
    let answer = try client.ask(
      EtcdTransaction(
        conditions: [.revision(key, 0)], operations: [.put(key, sign, lease: lease)],
        otherwise: [.range(key, end: nil)]))
    return answer.isMade || answer.found.first?.items.first?.value == sign
  }

  private static func tooLong(_ name: ConnectionName) -> StoreError {
    .failed(
      Explanation(
        what: "no token for \(name)",
        why: "another machine has been getting one for more than "
          + "\(StoreWaiting.tokenLimit.components.seconds) seconds",
        advice: "end it if it hangs, then try again"))
  }
}
