package import Basics

/// What a call came to. Holds no secret: texts of the provider, its answer's body among them, have been redacted before
/// they get here.
package struct CallOutcome: Sendable, Equatable {
  /// The HTTP status of the last answer; nil where none came.
  package var status: Int?
  /// What went wrong; nil for a success.
  package var diagnosis: Diagnosis?
  /// What an answer that is no success said, with a mark in place of each secret; at most `CallSession.errorLimit` bytes.
  /// Whatever it was written in, this is UTF-8 where it is text.
  package var body: [UInt8] = []
  /// How many pages were written; 0 for a call without pages.
  package var pages = 0
  /// How the rest of the list is asked for: what stands behind the connection's name on the command line, quoted for a
  /// shell, without the options of the output: `/users -q limit=5 -q cursor=abc`. Nil where there is no rest, or where it
  /// cannot be told without a secret.
  package var continuation: String?

  /// Without a page, and without the answer's own words.
  package init(status: Int? = nil, diagnosis: Diagnosis? = nil) {
    self.status = status
    self.diagnosis = diagnosis
  }

  /// Whether all that was asked for has come.
  package var isDone: Bool { diagnosis == nil && continuation == nil }

  /// What a script is told: by the status, else by what kept the answer away.
  package var exitCode: ExitCode {
    guard let diagnosis else { return .done }
    if diagnosis.kind == .cancelled { return .interrupted }
    switch status {
    case 401, 403: return .refused
    case 429: return .notAsked
    case .some(let status) where status >= 500: return .notAsked
    case .some(let status) where !(200...299).contains(status): return .failed
    case .some, nil: break
    }
    switch diagnosis.kind {
    case .unreachable, .busy: return .notAsked
    // What came back was no answer of HTTP, or led to where nothing is sent: nobody has been asked, as in a check. Without a
    // cause it was never sent, because it could not be built.
    case .unclear where status == nil && diagnosis.cause != nil: return .notAsked
    case .refused, .wrongKind, .wrongTenant, .lacksRight: return .refused
    case .accepted, .unclear, .uncheckable, .cancelled: return .failed
    }
  }
}
