internal import Basics
internal import Connections
internal import ProviderFormat
internal import Store
internal import Tokens

/// Which value of which connection is meant by a name: `tally.apiKey`, `tailscale-api-key/lab.params.organizationName`,
/// `acme.token`. Each connection is opened once, and nothing but the names of its fields is kept of it.
struct ValueLookup {
  /// What a connection has.
  struct Holdings {
    let provider: Provider
    let lookup: FieldLookup

    var fields: [Field.ID] { lookup.fields }
  }

  private var known: [ConnectionName: Holdings] = [:]

  /// The value that a name means, the connection in front of a dot.
  ///
  /// Names of providers and connections may have dots as well: the longest that is linked is the connection.
  /// - Throws: `CommandError` or `TokenError` for a name that means nothing, in the words of the part that is at fault;
  ///   `StoreError` when the store cannot be read.
  mutating func value(
    named text: String, in session: borrowing StoreSession
  ) throws -> LinkedValue {
    let parts = ValueLookup.parts(of: text)
    guard !parts.isEmpty else { throw ValueLookup.noName(text) }
    var failure: CommandError?
    for (connection, field) in parts {
      do {
        let name = try session.name(meant: connection)
        return LinkedValue(connection: name, kind: try kind(of: field, in: name, session))
      } catch let error as CommandError {
        // A connection that is linked, or linked several times, tells more than one that is not.
        if case .noConnection = error, failure != nil { continue }
        failure = error
        if case .noField = error { break }
      }
    }
    throw failure ?? ValueLookup.noName(text)
  }

  /// What a word means in a connection; without one, what is handed out where nobody says what: the access token, or else
  /// the only secret.
  mutating func kind(
    of word: String?, in name: ConnectionName, _ session: borrowing StoreSession
  ) throws -> LinkedValue.Kind {
    let holdings = try holdings(of: name, in: session)
    let members = TokenMember.all(of: holdings.provider)
    let isToken = word == LinkedValue.tokenWord || word == nil
    if isToken, members.contains(.accessToken) { return .token(.accessToken) }
    if let member = members.first(where: { [$0.field.name, $0.field.description].contains(word) }) {
      return .token(member)
    }
    let isStored = holdings.fields.contains { $0.name == word }
    if word == LinkedValue.tokenWord, members.isEmpty, !isStored {
      throw TokenError.noToken(name, holdings.provider.authMode)
    }
    return .field(try holdings.lookup.resolve(word))
  }

  mutating func holdings(
    of name: ConnectionName, in session: borrowing StoreSession
  ) throws -> Holdings {
    if let holdings = known[name] { return holdings }
    let record = try session.read(name)
    let holdings = Holdings(provider: record.provider, lookup: FieldLookup(record: record))
    known[name] = holdings
    return holdings
  }

  /// The fields of a connection that has been looked at.
  func fields(of name: ConnectionName) -> [Field.ID] { known[name]?.fields ?? [] }

  /// The places where a connection may end and a field begin, the longest connection first.
  private static func parts(of text: String) -> [(connection: String, field: String)] {
    // The dots of a provider stand in front of the slash, where no field begins.
    let front = text.firstIndex(of: "/") ?? text.startIndex
    let isOneWord = !text.contains { $0.isWhitespace || "{}".contains($0) }
    guard isOneWord else { return [] }
    return text.indices.reversed().filter { $0 >= front && text[$0] == "." }.compactMap { dot in
      let (connection, field) = (text[..<dot], text[text.index(after: dot)...])
      if connection.isEmpty || field.isEmpty { return nil }
      return (String(connection), String(field))
    }
  }

  private static func noName(_ text: String) -> CommandError {
    .usage(
      Explanation(
        what: text.isEmpty ? "there is no name" : "\(text) is no name of a value",
        why: "a name is a connection, a dot and a field",
        advice: "for example tally.apiKey or tally/default.credentials.apiKey"))
  }
}
