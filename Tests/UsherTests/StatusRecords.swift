import Basics
import Connections
import Drafts
import ProviderFormat
import Requests
import Secrets
import Store

/// Connections in the program's store that are what they are by their own dates. All times are in hours from now; an end is half an hour
/// later, so that no test is near a whole one.
struct StatusRecords {
  let program: UsherProgram
  let now = Timestamp.now()

  private func moment(_ hours: Int64) -> Timestamp {
    Timestamp(secondsSinceEpoch: now.secondsSinceEpoch + hours * 3600)
  }

  private func end(_ hours: Int64) -> Timestamp {
    Timestamp(secondsSinceEpoch: moment(hours).secondsSinceEpoch + 1800)
  }

  private func record(
    _ provider: String, _ name: String, entry: String, _ change: (inout ConnectionFacts) -> Void
  ) throws -> ConnectionRecord {
    let provider = Provider(
      slug: provider, entry: try Value(json: entry).map ?? .init(), origin: .record)
    var values = SecretValues()
    values.set(Field.ID(.credentials, "apiKey"), to: SecretBuffer(text: "key-EXAMPLE"))
    values.set(OAuthClient.idField, to: SecretBuffer(text: "client-EXAMPLE"))
    values.set(OAuthClient.secretField, to: SecretBuffer(text: "secret-EXAMPLE"))
    let connection = ConnectionName(provider: provider.slug, name: name)!
    var facts = ConnectionFacts(name: connection, created: now, changed: now)
    change(&facts)
    return ConnectionRecord(facts: facts, provider: provider, values: values)
  }

  /// One that is linked by a key.
  /// - Parameters:
  ///   - kind: what its check said; nil where there was none.
  ///   - chosen: the end that somebody has chosen.
  ///   - attempt: what the check after that came to, an hour ago.
  ///   - isCheckable: whether its provider's entry names a check.
  func key(
    _ name: String, _ kind: Diagnosis.Kind?, checked: Int64 = -48, expires: Int64? = nil,
    chosen: Int64? = nil, attempt: Diagnosis.Kind? = nil, isCheckable: Bool = true
  ) throws {
    let check = isCheckable ? #", "proxy": {"verification": {"endpoints": ["/me"]}}"# : ""
    let record = SendOnceBox(
      try record(
        "depot", name,
        entry: #"{"display_name": "Depot", "auth_mode": "API_KEY"\#(check)}"#
      ) { facts in
        facts.chosenEnd = chosen.map(end)
        guard let kind else { return }
        var diagnosis = Diagnosis(kind: kind, sentence: "It was asked.")
        diagnosis.account = "ann@example.com"
        diagnosis.expires = expires.map(end)
        facts.diagnosis = diagnosis
        facts.checked = moment(checked)
        facts.attempt = attempt.map { CheckAttempt(time: moment(-1), kind: $0) }
      })
    try program.inStore { session in
      guard let record = record.take() else { return }
      try session.save(record, replacing: false)
    }
  }

  /// One that was linked in a browser two days ago.
  /// - Parameters:
  ///   - expires: when its token ends; nil where that is not known.
  ///   - isRenewable: whether there is a refresh token.
  ///   - refused: when a renewal was refused; nil where none was.
  func linked(
    _ name: String, provider: String = "hub", expires: Int64?, isRenewable: Bool,
    refused: Int64? = nil
  ) throws {
    let record = SendOnceBox(
      try record(
        provider, name,
        entry: """
          {"display_name": "Hub", "auth_mode": "OAUTH2", "token_url": "https://hub.example/token",
           "authorization_url": "https://hub.example/authorize"}
          """
      ) { _ in })
    var tokens = SecretMap<String>()
    tokens.set(TokenSet.accessTokenName, to: SecretBuffer(text: "access-EXAMPLE"))
    if isRenewable {
      tokens.set(TokenSet.refreshTokenName, to: SecretBuffer(text: "refresh-EXAMPLE"))
    }
    let token = SendOnceBox(
      TokenSet(
        values: tokens, obtained: moment(-48), expires: expires.map(end), type: "Bearer"))
    try program.inStore { session in
      guard let record = record.take(), let token = token.take() else { return }
      try session.save(record, token: token, replacing: false)
      guard let refused, let connection = ConnectionName(provider: provider, name: name),
        var kept = try session.token(of: connection)
      else { return }
      kept.failure = StoredToken.Failure(
        time: moment(refused), diagnosis: Diagnosis(kind: .refused, sentence: "It said no."))
      try session.saveToken(kept, of: session.read(connection).facts)
    }
  }
}
