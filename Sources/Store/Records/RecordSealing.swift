internal import Basics
internal import Connections
internal import Secrets

/// A record and its age file.
enum RecordSealing {
  static func close(
    _ record: borrowing ConnectionRecord, to recipients: [AgeRecipient]
  ) throws(StoreFailure) -> [UInt8] {
    let plaintext = record.encoded()
    let what = "\(record.facts.name) was not stored"
    guard !plaintext.isEmpty else {
      throw .explained(
        .failed(
          Explanation(
            what: what, why: "its values are too long together",
            advice: "leave out what the provider does not ask for")))
    }
    do {
      return try AgeFile.seal(plaintext, to: recipients)
    } catch {
      throw .explained(.failed(Explanation(what: what, why: error.reason)))
    }
  }

  /// Opens a record of the store.
  /// - Throws: `.identity` when the identity does not open it, `.damaged` when it is not what was written.
  static func open(
    _ sealed: [UInt8], of name: ConnectionName, with identities: borrowing AgeIdentities
  ) throws(StoreError) -> ConnectionRecord {
    do {
      return try open(sealed, with: identities)
    } catch {
      guard case .age(.noMatch) = error else { throw .damaged(name, why: error.reason) }
      throw .identity(
        Explanation(
          what: "the identity does not open \(name)", why: "it is sealed for another one",
          advice: "name the identity that belongs to it with --identity FILE"))
    }
  }

  /// What a file holds; nil where that is no record, or it is sealed for others.
  static func record(
    in file: [UInt8], with identities: borrowing AgeIdentities
  ) -> ConnectionRecord? {
    try? open(file, with: identities)
  }

  private enum OpeningError: Error {
    case age(AgeError)
    case record(RecordError)

    var reason: String {
      switch self {
      case .age(let error): error.reason
      case .record(let error): "it \(error.message)"
      }
    }
  }

  private static func open(
    _ sealed: [UInt8], with identities: borrowing AgeIdentities
  ) throws(OpeningError) -> ConnectionRecord {
    var plaintext = SecretBuffer(capacity: max(1, sealed.count))
    do {
      try AgeFile.open(sealed, with: identities, into: &plaintext)
    } catch {
      throw .age(error)
    }
    do {
      return try ConnectionRecord(decoding: plaintext)
    } catch {
      throw .record(error)
    }
  }
}
