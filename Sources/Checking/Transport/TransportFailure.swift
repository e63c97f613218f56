internal import Requests

/// Why a request got no answer that can be used.
struct TransportFailure: Error, Equatable {
  let cause: Diagnosis.Cause
  /// What there is to say beyond the cause: a clause without a period that ends the diagnosis's sentence, or nil. It
  /// may name hosts and addresses of machines, and never a value or the path of an address.
  let detail: String?
  /// Whether no byte of the request can have left, so that the host's next address may be tried.
  let sentNothing: Bool

  init(_ cause: Diagnosis.Cause, _ detail: String? = nil) {
    self.init(cause, detail, sentNothing: false)
  }

  init(_ cause: Diagnosis.Cause, _ detail: String?, sentNothing: Bool) {
    self.cause = cause
    self.detail = detail
    self.sentNothing = sentNothing
  }
}

extension TransportFailure {
  /// Nobody waits for it any more.
  static let stopped = TransportFailure(.connectionReset, "it was stopped")

  /// Whether the server ended the connection.
  var isHangUp: Bool { cause == .connectionReset && self != .stopped }
}
