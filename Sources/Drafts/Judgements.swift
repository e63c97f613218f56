internal import Synchronization

/// What the rules said of each field's value, until it or one that it depends on is edited (`FieldDependencies`).
///
/// A provider's expression may be slow on a value, and a screen asks about each field several times for one key.
struct Judgements: ~Copyable, Sendable {
  /// How one field's value fits what is known of its form.
  struct Match: Sendable {
    /// What its pattern says: `FieldRules.accept`.
    var accepted: Bool?
    /// Whether something positive is known of it: `FieldRules.isPositivelyValid`.
    var isRight: Bool
  }

  /// What is known of one field. Were it private, Swift 6.3.1 would crash on the files that hold such a value.
  struct Known {
    var match: Match?
    /// Worst first.
    var findings: [Finding]?
    var offers: [Suggestion]?
  }

  /// By the fields' places in the form.
  private let known: Mutex<[Known]>

  init(count: Int) { known = Mutex(Array(repeating: Known(), count: count)) }

  func match(at place: Int, or make: () -> Match) -> Match {
    if let match = known.withLock({ $0[place].match }) { return match }
    let match = make()
    known.withLock { $0[place].match = match }
    return match
  }

  func findings(at place: Int, or make: () -> [Finding]) -> [Finding] {
    if let findings = known.withLock({ $0[place].findings }) { return findings }
    let findings = make()
    known.withLock { $0[place].findings = findings }
    return findings
  }

  func offers(at place: Int, or make: () -> [Suggestion]) -> [Suggestion] {
    if let offers = known.withLock({ $0[place].offers }) { return offers }
    let offers = make()
    known.withLock { $0[place].offers = offers }
    return offers
  }

  func forget(_ place: Int) { known.withLock { $0[place] = Known() } }

  func forgetAll() {
    known.withLock { known in
      for place in known.indices { known[place] = Known() }
    }
  }
}
