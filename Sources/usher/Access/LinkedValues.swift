internal import Basics
internal import Connections
internal import ProviderFormat
internal import Requests
internal import Secrets
internal import Store

extension ConnectionAccess {
  /// The values by the names that they were asked for under. Each connection is opened once, and asked for one token.
  func values(
    _ wanted: [String: LinkedValue], in session: borrowing StoreSession
  ) throws -> SecretMap<String> {
    var values = SecretMap<String>()
    for connection in Set(wanted.values.map(\.connection)).sorted() {
      let wanted = wanted.filter { $0.value.connection == connection }
      try addFields(of: connection, wanted, to: &values, session)
      try addTokens(of: connection, wanted, to: &values, session)
    }
    return values
  }

  private func addFields(
    of connection: ConnectionName, _ wanted: [String: LinkedValue],
    to values: inout SecretMap<String>, _ session: borrowing StoreSession
  ) throws {
    let fields = wanted.compactMapValues { $0.field }
    if fields.isEmpty { return }
    let record = try session.read(connection)
    for (name, field) in fields {
      guard let value = record.values.duplicate(of: field) else {
        // It came between two looks.
        throw CommandError.noField(
          connection: connection, text: field.description, known: record.values.keys)
      }
      values.set(name, to: value)
    }
  }

  private func addTokens(
    of connection: ConnectionName, _ wanted: [String: LinkedValue],
    to values: inout SecretMap<String>, _ session: borrowing StoreSession
  ) throws {
    let members = wanted.compactMapValues { $0.member }
    if members.isEmpty { return }
    let token = try token(of: connection, in: session)
    for (name, member) in members {
      guard let value = token.values.duplicate(of: member.valueName) else {
        throw CommandError.noLoneToken(connection)
      }
      values.set(name, to: value)
    }
  }
}

extension LinkedValue {
  fileprivate var field: Field.ID? { if case .field(let id) = kind { id } else { nil } }

  fileprivate var member: TokenMember? { if case .token(let member) = kind { member } else { nil } }
}
