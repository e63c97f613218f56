package import Basics
package import Connections
internal import ProviderFormat
internal import Requests

extension StoreSession {
  /// How all connections are, what needs somebody's hand first. One reading of what a list shows, and one of the tokens;
  /// an age file is opened for each connection that has tokens, and its record where a person's consent gave them and only
  /// that tells whether they are renewed. The records of those that were never asked tell whether a check is known.
  /// - Parameter soon: in seconds, how near an end is that needs somebody's hand.
  /// - Returns: besides, why nothing but the clear columns can be shown, where that is so.
  package func statuses(
    soon: Int64, at now: Timestamp
  ) throws(StoreError) -> (connections: [ConnectionStatus], obstacle: StoreError?) {
    let (listed, obstacle) = try summaries()
    let tokens = obstacle == nil && !listed.isEmpty ? try tokenFacts(at: now) : [:]
    var mayRead = StoreSession.mostReadForCheck
    let connections = listed.map { connection in
      let token = tokens[connection.entry.name]
      return ConnectionStatus(
        token == nil ? withCheckKnown(connection, reading: &mayRead) : connection,
        token: token, soon: soon, at: now)
    }
    return (connections.sorted(by: ConnectionStatus.isBefore), obstacle)
  }

  /// What was never checked, because its provider's entry names no check, is said to be that: a row that was written without
  /// asking does not tell the two apart, but the entry in the record does.
  /// - Parameter rest: how many more records may be read for it.
  private func withCheckKnown(
    _ connection: ListedConnection, reading rest: inout Int
  ) -> ListedConnection {
    guard case .summary(var summary) = connection.content, summary.finding == nil, rest > 0 else {
      return connection
    }
    rest -= 1
    guard isUncheckable(connection.entry.name) else { return connection }
    summary.finding = ConnectionSummary.Finding(kind: .uncheckable)
    return ListedConnection(entry: connection.entry, content: .summary(summary))
  }

  /// Half a millisecond each. Of more than these a check is named that may turn out not to be known, and says so.
  private static let mostReadForCheck = 200

  private func isUncheckable(_ name: ConnectionName) -> Bool {
    guard let provider = (try? read(name))?.provider else { return false }
    return !provider.authMode.needsConsent && CheckSession.reasonForNone(provider) != nil
  }

  /// What is known of the tokens that are kept, or why that cannot be told, by connection.
  private func tokenFacts(
    at now: Timestamp
  ) throws(StoreError) -> [ConnectionName: Result<TokenFacts, StoreError>] {
    guard let store = try existing() else { return [:] }
    let rows: [TokenRow]
    do {
      rows = try store.tokens()
    } catch {
      throw error.explained("cannot read the tokens in \(store.path)")
    }
    var facts: [ConnectionName: Result<TokenFacts, StoreError>] = [:]
    for row in rows {
      let name = row.connection.name
      do throws(StoreError) {
        // What cannot be used is got again, as if it were not there.
        guard let token = try open(row, in: store) else { continue }
        facts[name] = .success(try self.facts(of: token, name, at: now))
      } catch {
        facts[name] = .failure(error)
      }
    }
    return facts
  }

  private func facts(
    of token: borrowing StoredToken, _ name: ConnectionName, at now: Timestamp
  ) throws(StoreError) -> TokenFacts {
    guard token.isOfConsent else { return TokenFacts(token, means: .credentials) }
    guard token.needsRecordForMeans else { return TokenFacts(token, means: .person) }
    return TokenFacts(token, means: token.means(of: try read(name), at: now))
  }
}
