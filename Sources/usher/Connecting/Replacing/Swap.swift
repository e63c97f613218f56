internal import Basics
internal import Connections
internal import Requests
internal import Store

/// What is to be said of values that took the place of others, where nobody was asked.
struct Swap {
  /// What became of the values that gave way, and is to become of them.
  enum OldKey {
    /// Nothing is kept, or nothing is known of taking it back.
    case unknown
    case revocable(RevocationWay)
    case revoked
    case notRevoked(Explanation)
  }

  let connection: ConnectionName
  let isEdit: Bool
  let comparison: AccountComparison
  /// Whether what was there is kept.
  let keepsFormer: Bool
  let oldKey: OldKey

  /// To be made when all is stored: what gave way is taken back where that is wanted.
  /// - Parameter comparison: nil where nothing gave way; nothing comes of it then.
  init?(
    of connection: ConnectionName, _ comparison: AccountComparison?, _ terms: UnattendedTerms,
    in session: borrowing StoreSession
  ) {
    guard let comparison else { return nil }
    self.connection = connection
    self.comparison = comparison
    if case .edit = terms.purpose { isEdit = true } else { isEdit = false }
    keepsFormer = (try? session.hasFormer(of: connection)) ?? false
    guard terms.revokesOld else {
      oldKey = Swap.way(of: connection, in: session).map { OldKey.revocable($0) } ?? .unknown
      return
    }
    // It may take its time, and whoever ends it has to know that the new values are stored.
    if !terms.isJSON {
      ErrorPrinter.note("the new values of \(connection) are stored; the old key is being revoked")
    }
    do {
      try OldKeyRevocation(network: terms.network).revoke(connection, in: session)
      oldKey = .revoked
    } catch let error as any Explained {
      oldKey = .notRevoked(error.explanation)
    } catch {
      oldKey = .notRevoked(Explanation(what: "the old key could not be revoked"))
    }
  }

  /// Nil where it cannot be taken back, also because the new values hold the same secret.
  private static func way(
    of connection: ConnectionName, in session: borrowing StoreSession
  ) -> RevocationWay? {
    guard let former = try? session.formerToRevoke(of: connection) else { return nil }
    return former.revocationWay()
  }

  /// The swap is done whatever became of the old key; who wanted that revoked has to know that it is not.
  var exitCode: ExitCode {
    if case .notRevoked = oldKey { .failed } else { .done }
  }

  /// As sentences.
  func lines(isChecked: Bool = true) -> [String] {
    let deed = "\(isEdit ? "Changed" : "Replaced") \(connection)"
    var lines = [isChecked ? "\(deed)." : "\(deed) (stored, not checked)."]
    if comparison == .unknown {
      lines.append("Whether it is the same account as before could not be told.")
    }
    if keepsFormer, !isRevoked {
      lines.append("What was there is \(FormerWords.line(connection)).")
    }
    switch oldKey {
    case .unknown, .notRevoked: break
    case .revoked: lines.append("The old key is revoked.")
    case .revocable(.request):
      lines.append(
        "The old key is still good: usher replace \(connection.shortest) --revoke-old revokes it.")
    case .revocable(.page(let url)): lines.append("The old key is still good. Revoke it: \(url)")
    }
    return lines
  }

  /// What is no success, on standard error.
  func warn() {
    guard case .notRevoked(let why) = oldKey else { return }
    ErrorPrinter.warn("the old key of \(connection) is not revoked", why)
  }

  /// The members of a JSON report.
  func write(to report: inout Value.Map) {
    report["replaced"] = .bool(true)
    let isSame: Value =
      switch comparison {
      case .same: .bool(true)
      case .other: .bool(false)
      case .unknown: .null
      }
    report["same_account"] = isSame
    report["former_kept"] = .bool(keepsFormer && !isRevoked)
    report["old_revoked"] = .bool(isRevoked)
  }

  private var isRevoked: Bool { if case .revoked = oldKey { true } else { false } }
}
