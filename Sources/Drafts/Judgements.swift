internal import ProviderFormat
internal import Synchronization

/// What the rules said since the last edit. Rules look at several fields, so an edit of any of them takes all of it back.
///
/// A provider's expression may be slow on a value, and a screen asks about each field several times for one key.
struct Judgements: ~Copyable, Sendable {
  /// What the rules said of one field's value.
  struct Judgement: Sendable {
    /// Worst first.
    var findings: [Finding]
    /// Whether something positive is known of the value: `FieldRules.isPositivelyValid`.
    var isRight: Bool
  }

  private let known = Mutex<[Field.ID: Judgement]>([:])
  private let offers = Mutex<[Field.ID: [Suggestion]]>([:])

  func judgement(of id: Field.ID, or make: () -> Judgement) -> Judgement {
    if let judgement = known.withLock({ $0[id] }) { return judgement }
    let judgement = make()
    known.withLock { $0[id] = judgement }
    return judgement
  }

  func offers(for id: Field.ID, or make: () -> [Suggestion]) -> [Suggestion] {
    if let made = offers.withLock({ $0[id] }) { return made }
    let made = make()
    offers.withLock { $0[id] = made }
    return made
  }

  func forget() {
    known.withLock { $0 = [:] }
    offers.withLock { $0 = [:] }
  }
}
