internal import Basics
internal import Connections

/// A second key for a store that is about to be made.
extension Wizard {
  /// Once a session, before the first account whose values would make the store.
  mutating func offerSecondKey() {
    guard offersSecondKey, allowances.contains(.readers), !isImpossible, state.screen != nil else {
      return
    }
    offersSecondKey = false
    cover(with: .secondKey(SecondKeySheet()))
  }

  /// The store is made, and sealed to it as well.
  mutating func receiveReader(_ recipient: String) {
    guard case .secondKey = overlay else { return }
    state.change { $0.secondKey = recipient }
    dismiss()
    remark = Notice(.done, "The store is made. A second key opens it, too.")
  }

  mutating func reportUnaddedReader(_ explanation: Explanation) {
    guard case .secondKey(var sheet) = overlay else { return }
    sheet.report(explanation)
    overlay = .secondKey(sheet)
  }
}
