import Basics
import Connections
import Drafts
import Glibc
import ProviderFormat
import Requests
import Secrets
import StoreFaults
import TestSupport

@testable import Store

/// A home directory of a test's own, with a store in its usual place that holds the connection `acme/default`.
final class TokenHome: Sendable {
  static let acme = ConnectionName(provider: "acme")!
  static let secret = Field.ID(.credentials, "client_secret")

  let directory = TemporaryDirectory()

  init(mode: AuthMode = .oauth2ClientCredentials) throws(StoreError) {
    try session().save(Self.record("first-EXAMPLE", mode), replacing: false)
  }

  var path: String { directory.path }
  var storePath: String { location.path }

  private var location: StoreLocation {
    do {
      return try StoreLocation(
        in: StoreEnvironment(
          variables: ["HOME": directory.path], userID: 1000, accountHome: nil,
          workingDirectory: "/"))
    } catch {
      fatalError("no location: \(error)")
    }
  }

  func session(on disk: FaultyDisk? = nil) -> StoreSession {
    let location = location
    return StoreHandle(
      at: location, engine: SQLiteEngine(at: location, disk: StorageBackend(engine: disk?.name))
    ).session()
  }

  static func record(
    _ secret: String, _ mode: AuthMode = .oauth2ClientCredentials, buffer: Int64? = nil
  ) -> ConnectionRecord {
    // What a mode needs that makes its tokens itself.
    let signature = Value.Map([.init(key: "protocol", value: .string("WSSE"))])
    var entry = Value.Map([
      .init(key: "auth_mode", value: .string(mode.rawValue)),
      .init(key: "token_url", value: .string("https://acme.example/token")),
      .init(key: "signature", value: .map(signature)),
    ])
    if let buffer { entry["token_expiration_buffer"] = .int(Int(buffer)) }
    let provider = Provider(slug: "acme", entry: entry, origin: .builtIn)
    var values = SecretValues()
    values.set(Self.secret, to: SecretBuffer(text: secret))
    return ConnectionRecord(
      facts: ConnectionFacts(name: acme, created: .now(), changed: .now()), provider: provider,
      values: values)
  }

  /// Puts tokens of another time into the store.
  func keep(
    _ token: String, obtained: Int64, expires: Int64?, isOfConsent: Bool = false
  ) throws(StoreError) {
    let session = session()
    var row = StoredToken(
      tokens: Self.tokens(
        token, obtained: obtained, expires: expires, consentBuffer: isOfConsent ? 900 : nil))
    row.version = try session.token(of: Self.acme)?.version ?? 0
    try session.saveToken(row, of: try session.read(Self.acme).facts)
  }

  /// Links the account anew, as a person does in a browser.
  /// - Parameter isRenewable: whether there is a refresh token.
  func agree(
    _ token: String, obtained: Int64, expires: Int64?, isRenewable: Bool = true,
    buffer: Int64? = nil
  ) throws(StoreError) {
    var tokens = Self.tokens(token, obtained: obtained, expires: expires)
    if !isRenewable { tokens.values.remove("refreshToken") }
    try session().save(
      Self.record("first-EXAMPLE", .oauth2, buffer: buffer), token: tokens, replacing: true)
  }

  /// `A-token` and `R-token`.
  static func tokens(
    _ token: String, obtained: Int64, expires: Int64?, consentBuffer: Int64? = nil
  ) -> TokenSet {
    var values = SecretMap<String>()
    values.set(TokenSet.accessTokenName, to: SecretBuffer(text: "A-\(token)"))
    values.set("refreshToken", to: SecretBuffer(text: "R-\(token)"))
    return TokenSet(
      values: values, obtained: Timestamp(secondsSinceEpoch: obtained),
      expires: expires.map { Timestamp(secondsSinceEpoch: $0) }, type: "Bearer",
      consentBuffer: consentBuffer)
  }

  /// The access token that is kept; nil where there is none.
  func keptToken() throws(StoreError) -> String? {
    guard var row = try session().token(of: Self.acme), let tokens = row.tokens.take() else {
      return nil
    }
    return tokens.withAccessToken { $0.shownText }
  }

  func failure() throws(StoreError) -> StoredToken.Failure? {
    try session().token(of: Self.acme)?.failure
  }

  /// The connection as a list shows it.
  func entry() throws(StoreError) -> ConnectionIndexEntry? { try session().find(Self.acme) }

  /// Makes the store one that is read and not written, for root too.
  func makeUnwritable() { unsafe link(storePath, directory.file("second")) }
}
