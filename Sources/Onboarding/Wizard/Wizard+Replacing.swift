internal import Connections
internal import Drafts
internal import Requests

/// Where values give way to others. Part of the graph of screens.
extension Wizard {
  /// Whether the values of a connection are only looked at and changed.
  var isEditing: Bool { state.ask { $0.isEditing } ?? false }

  /// Whether the user can have the old key taken back from here.
  var offersRevocation: Bool { state.ask { $0.oldKey == .request } ?? false }

  /// The review, or the field that was named, from which Enter leads there.
  mutating func showEdited() {
    let place = state.ask { visit -> FieldPlace? in
      guard case .edit(let field?)? = visit.replacement?.purpose else { return nil }
      return visit.place(of: field)
    }
    guard let place = place ?? nil else { return showReview() }
    showStep(place.stage, focus: place.field, returnsToReview: true)
  }

  /// What was found good is stored, unless it is of another account than what it takes the place of: that is asked first.
  mutating func store(at now: ContinuousClock.Instant) -> Effect {
    guard let other = state.change({ $0.otherAccount() }) ?? nil else { return save(at: now) }
    show(.outcome(OutcomeScreen(.otherAccount(other))))
    quiet.arrive(at: now)
    return .none
  }

  /// The same where the user has seen that.
  mutating func storeOther(at now: ContinuousClock.Instant) -> Effect {
    state.change { $0.acceptOther() }
    return save(at: now)
  }

  // MARK: The old key

  mutating func revoke(at now: ContinuousClock.Instant) -> Effect {
    guard case .outcome(let screen) = state.screen, case .stored(let facts) = screen.finding else {
      return .none
    }
    show(.checking(CheckingScreen(.revoking(facts), at: now)))
    return .revokeFormer(of: facts.name)
  }

  /// What the provider said. Where the old key is still good, it can be tried again.
  /// - Parameter unnoted: why the store does not know that it was revoked; nil where it does.
  mutating func learn(
    _ outcome: RevocationOutcome, unnoted: StoreError?, at now: ContinuousClock.Instant
  ) -> Effect {
    switch outcome {
    case .revoked: endRevocation(unnoted.map { .revokedUnnoted($0) } ?? .revoked)
    case .failed(let diagnosis): endRevocation(.notRevoked(diagnosis))
    }
    quiet.arrive(at: now)
    return offersRevocation || survey != nil ? .none : .leave(self.outcome())
  }

  /// The order may have gone out: whether the old key is good for anything is not known then.
  mutating func giveUpRevoking() -> Effect {
    endRevocation(.unknown)
    return .cancelRevocation
  }

  private mutating func endRevocation(_ fate: Aftermath.OldKey) {
    guard case .checking(let screen) = state.screen, case .revoking(let facts) = screen.phase else {
      return
    }
    state.change { $0.aftermath.oldKey = fate }
    show(.outcome(OutcomeScreen(.stored(facts))))
  }
}
