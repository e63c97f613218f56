internal import Basics
internal import Connections
internal import ProviderFormat
internal import Requests

/// What is kept of a connection's token and can be told: whether, until when, what a fetch came to. Never the token.
struct TokenReport {
  private let origin: TokenOrigin
  private let obtained: Timestamp?
  private let expires: Timestamp?
  private let failure: StoredToken.Failure?
  private let isCarriedAlone: Bool
  /// Of an account that a person has agreed to link: whether what is kept renews the token. Nil for others.
  private let outlook: RenewalOutlook?

  /// - Parameter stored: what is kept; nil where nothing is.
  init(_ stored: borrowing StoredToken?, of record: borrowing ConnectionRecord) {
    origin = TokenOrigin(record.provider)
    outlook = Self.outlook(stored, record)
    switch stored {
    case nil: (obtained, expires, failure, isCarriedAlone) = (nil, nil, nil, true)
    case .some(let stored):
      failure = stored.failure
      switch stored.tokens {
      case nil: (obtained, expires, isCarriedAlone) = (nil, nil, true)
      case .some(let tokens):
        obtained = tokens.obtained
        expires = tokens.expires
        isCarriedAlone = !TokenMember.all(in: tokens).isEmpty
      }
    }
  }

  /// Nil for a mode without tokens.
  func line(now: Timestamp) -> String? {
    switch origin {
    case .none: return nil
    case .made: return "signed anew each time; usher token prints one"
    case .fetched: break
    }
    let failed = failure.map {
      "; last try: \(FactsReport.words(for: $0.diagnosis.kind)), \($0.time.relative(to: now))"
    }
    guard obtained != nil else { return "none is kept\(renewal)\(failed ?? "")" }
    let end: String
    if let expires {
      end =
        expires < now
        ? "ended \(expires.relative(to: now))"
        : "valid until \(expires) (\(expires.relative(to: now)))"
    } else {
      end = "its end is not known"
    }
    let alone = isCarriedAlone ? "" : "; requests carry it as cookies"
    return "kept, \(end)\(alone)\(renewal)\(failed ?? "")"
  }

  private static func outlook(
    _ stored: borrowing StoredToken?, _ record: borrowing ConnectionRecord
  ) -> RenewalOutlook? {
    guard record.provider.authMode.needsConsent else { return nil }
    switch stored {
    case nil: return Renewal.outlook(record.submission(), known: nil)
    case .some(let stored):
      return Renewal.outlook(record.submission(), known: stored.duplicateTokens())
    }
  }

  private var renewal: String {
    switch outlook {
    case nil: ""
    case .possible: "; renewed as needed"
    case .notBefore(let moment): "; renewed from \(moment) on"
    case .linkAgain where obtained != nil && expires == nil: ""
    case .linkAgain: "; \(obtained == nil ? "" : "then ")a person has to agree again"
    }
  }

  /// Null for a mode without tokens.
  var json: Value {
    if origin == .none { return .null }
    return .map([
      ("kept", .bool(obtained != nil)), ("obtained", .optional(obtained?.description)),
      ("expires", .optional(expires?.description)),
      ("failed", .optional(failure?.time.description)),
      ("failed_diagnosis", .optional(failure?.diagnosis.kind.rawValue)),
      ("renewal", .optional(outlook.map(Self.word))),
    ])
  }

  private static func word(_ outlook: RenewalOutlook) -> String {
    switch outlook {
    case .possible: "possible"
    case .notBefore: "not_yet"
    case .linkAgain: "link_again"
    }
  }
}
