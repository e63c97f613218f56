internal import Basics
internal import Requests

/// What can go wrong with a helper process itself.
enum HelperFailure: Error, Equatable {
  /// What it was to be told does not fit a message.
  case tooLong
  case takenTwice
  case notStarted(SystemError)
  /// It was gone before it had answered.
  case ended
  /// It said something that makes no sense.
  case unreadable
  case late(Duration)

  /// Why there is no other.
  /// - Parameter isCheck: whether the job is a check.
  func diagnosis(isCheck: Bool = true) -> Diagnosis {
    let (cause, detail): (Diagnosis.Cause, String) =
      switch self {
      case .tooLong: (.internalFailure, "the values are too long")
      case .takenTwice: (.internalFailure, "the values were taken twice")
      case .notStarted(let error):
        (.internalFailure, "its process did not start: \(error.reason)")
      case .ended: (.internalFailure, "its process ended before it had answered")
      case .unreadable: (.internalFailure, "its process answered with something unreadable")
      case .late(let limit):
        (.timeout, "\(isCheck ? "the check" : "it") took longer than \(limit.inSeconds)")
      }
    return .unreachable(cause, host: nil, detail: detail, isCheck: isCheck)
  }
}
