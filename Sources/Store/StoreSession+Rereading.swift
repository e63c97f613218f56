internal import Connections

/// Questions that are asked while another process changes whom the store is sealed to.
extension StoreSession {
  /// How often one is asked. A change of keys takes longer than a question: it is in the way of one, hardly of two.
  private static let rounds = 5

  /// Asks a question, and again where keys were changed meanwhile: what was read of the store is then sealed to the old key,
  /// and the identity has the new one.
  ///
  /// - Parameter question: begins with `existing`, for the store may be opened anew between two rounds.
  func rereading<Answer: ~Copyable>(
    _ question: () throws(StoreError) -> Answer
  ) throws(StoreError) -> Answer {
    for _ in 1..<StoreSession.rounds {
      do throws(StoreError) {
        return try question()
      } catch {
        guard case .identity = error, reopenWhereKeysChanged() else { throw error }
      }
    }
    return try question()
  }

  /// Whether the store is sealed to others by now than when it was opened. The next question then opens it anew, and reads
  /// the identity anew.
  func reopenWhereKeysChanged() -> Bool {
    guard let opened = (try? existing())?.header.recipients,
      let now = (try? open())?.header.recipients, now != opened
    else { return false }
    forgetOpening()
    forgetIdentities()
    openRowKey = nil
    return true
  }
}
