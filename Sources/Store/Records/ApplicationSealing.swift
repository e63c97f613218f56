internal import Basics
internal import Connections
internal import Secrets

/// An application and its age file.
enum ApplicationSealing {
  static func close(
    _ application: borrowing Application, in header: StoreHeader
  ) throws(StoreFailure) -> [UInt8] {
    let what = "the application \(application.facts.name) was not stored"
    guard let plaintext = application.encoded(in: header.id) else {
      throw .explained(
        .failed(
          Explanation(
            what: what, why: "its values are too long together",
            advice: "leave out what the provider does not ask for")))
    }
    do {
      return try AgeFile.seal(plaintext, to: header.recipients)
    } catch {
      throw .explained(.failed(Explanation(what: what, why: error.reason)))
    }
  }

  /// Opens what is kept, and compares it with its row.
  /// - Parameter storeID: of the store that the row is of.
  /// - Throws: `.identity` when the identity does not open it, `.failed` when it is not what was written.
  static func open(
    _ sealed: SealedApplication, in storeID: String, with identities: borrowing AgeIdentities
  ) throws(StoreError) -> Application {
    let name = sealed.row.name
    var plaintext = SecretBuffer(capacity: max(1, sealed.file.count))
    do {
      try AgeFile.open(sealed.file, with: identities, into: &plaintext)
    } catch .noMatch {
      throw .identity(
        Explanation(
          what: "the identity does not open the application \(name)",
          why: "it is sealed for another one",
          advice: "name the identity that belongs to it with --identity FILE"))
    } catch {
      throw .damaged(name, why: error.reason)
    }
    let application: Application
    do {
      application = try Application(decoding: plaintext, in: storeID)
    } catch {
      throw .damaged(name, why: "it \(error.message)")
    }
    if let difference = sealed.row.difference(from: application.facts) {
      throw .damaged(name, why: difference)
    }
    return application
  }
}

extension StoreError {
  /// What is kept of an application is not what was written.
  static func damaged(_ name: ApplicationName, why: String) -> StoreError {
    .failed(
      Explanation(
        what: "what is kept of the application \(name) cannot be trusted", why: why,
        advice:
          "restore the store from a backup, or remove it with usher apps remove \(name) and enter it again"
      ))
  }
}
