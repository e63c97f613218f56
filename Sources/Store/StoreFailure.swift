internal import Basics
internal import Connections

/// Inside the store: an error of the engine, or one that is explained already.
enum StoreFailure: Error {
  /// Why the engine could not do what was asked, and what to do about it; in the reader's terms.
  /// `isFull`: because there was no room.
  case engine(reason: String, advice: String, isFull: Bool)
  case explained(StoreError)

  /// `what` names what was wanted and the object; for an error of the engine.
  func explained(_ what: String) -> StoreError {
    switch self {
    case .engine(let reason, let advice, _):
      .failed(Explanation(what: what, why: reason, advice: advice))
    case .explained(let error): error
    }
  }
}

/// What was written and is not there, whatever the engine.
extension StoreFailure {
  static let lost = lost("the disk has lost what was written")
  static let unlike = lost("what is read back from the disk is not what was written")

  private static func lost(_ reason: String) -> StoreFailure {
    .engine(
      reason: reason, advice: "look at the state of the disk before you try again", isFull: false)
  }
}

extension StoreError {
  /// The store's own rows, or the file, are not as they were written.
  static func damagedStore(_ path: String, why: String) -> StoreError {
    .failed(
      Explanation(
        what: "the store \(path) is damaged", why: why,
        advice: "restore it from a backup; the file is left as it is"))
  }
}
