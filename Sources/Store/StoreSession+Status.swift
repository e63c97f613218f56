package import Basics
package import Connections

extension StoreSession {
  /// How all connections are, what needs somebody's hand first. One reading of what a list shows, and one of the tokens;
  /// an age file is opened for each connection that has tokens, and its record where a person's consent gave them and only
  /// that tells whether they are renewed.
  /// - Parameter soon: in seconds, how near an end is that needs somebody's hand.
  /// - Returns: besides, why nothing but the clear columns can be shown, where that is so.
  package func statuses(
    soon: Int64, at now: Timestamp
  ) throws(StoreError) -> (connections: [ConnectionStatus], obstacle: StoreError?) {
    let (listed, obstacle) = try summaries()
    let tokens = obstacle == nil && !listed.isEmpty ? try tokenFacts(at: now) : [:]
    let connections = listed.map { connection in
      ConnectionStatus(
        connection, token: tokens[connection.entry.name], soon: soon, at: now)
    }
    return (connections.sorted(by: ConnectionStatus.isBefore), obstacle)
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
