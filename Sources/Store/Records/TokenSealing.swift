internal import Basics
internal import Connections
internal import Secrets

/// The tokens of a connection and their age file.
enum TokenSealing {
  static func close(
    _ token: borrowing StoredToken, of name: ConnectionName, to recipients: [AgeRecipient]
  ) throws(StoreFailure) -> [UInt8] {
    let what = "the token of \(name) was not kept"
    guard let plaintext = token.encoded() else {
      throw .explained(
        .failed(
          Explanation(what: what, why: "it is longer than usher keeps, with what came with it")))
    }
    do {
      return try AgeFile.seal(plaintext, to: recipients)
    } catch {
      throw .explained(.failed(Explanation(what: what, why: error.reason)))
    }
  }

  /// Opens what is kept, and compares it with its row.
  /// - Parameter storeID: of the store that the row is of.
  /// - Returns: nil where nothing is kept, or something else than the tokens of this connection at this version: whatever
  ///   that is, tokens can be got again.
  static func open(
    _ row: TokenRow, in storeID: String, with identities: borrowing AgeIdentities
  ) -> StoredToken? {
    guard let kept = row.kept else { return nil }
    var plaintext = SecretBuffer(capacity: max(1, kept.file.count))
    guard (try? AgeFile.open(kept.file, with: identities, into: &plaintext)) != nil,
      let token = StoredToken(decoding: plaintext), token.storeID == storeID,
      token.connectionID == row.connection.id, Int64(token.version) == kept.version
    else { return nil }
    return token
  }
}
