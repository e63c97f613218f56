internal import Basics
internal import Connections
internal import Requests

/// Taking back at the provider what a change took the place of.
extension EffectRunner {
  /// In the background, for the provider takes its time. The store is opened for a moment before and after.
  mutating func startRevocation(of name: ConnectionName) {
    cancelRevocation()
    let (dependencies, mailbox, ticket) = (dependencies, mailbox, revocationTicket)
    guard Threads.areAvailable else {
      mailbox.post(.revoked(.failed(.withoutThreads()), ticket: ticket))
      return
    }
    revocation = Task.detached {
      let (outcome, unnoted) = await EffectRunner.revoke(name, with: dependencies)
      mailbox.post(.revoked(outcome, unnoted: unnoted, ticket: ticket))
    }
  }

  /// The answer is not waited for any longer. An order that has gone out stays out.
  mutating func cancelRevocation() {
    revocation?.cancel()
    revocation = nil
    revocationTicket += 1
  }

  /// Asks nobody unless the store can be written to: what is revoked has to be noted.
  /// - Returns: besides, why it could not be noted all the same.
  private static func revoke(
    _ name: ConnectionName, with dependencies: Dependencies
  ) async -> (RevocationOutcome, unnoted: StoreError?) {
    guard let revoker = dependencies.revoker else {
      return (.failed(.unreachable(.internalFailure, host: nil)), nil)
    }
    let order: RevocationOrder
    let version: Int
    do throws(StoreError) {
      let store = dependencies.store()
      try store.prepareToSave()
      let former = try store.formerToRevoke(of: name)
      version = former.record.facts.version
      order = former.order()
    } catch {
      return (.failed(EffectRunner.diagnosis(of: error)), nil)
    }
    let outcome = await revoker.revoke(order)
    guard outcome == .revoked else { return (outcome, nil) }
    do throws(StoreError) {
      try dependencies.store().noteRevoked(name, version: version)
      return (.revoked, nil)
    } catch {
      // It is revoked all the same.
      return (.revoked, error)
    }
  }

  /// Whether what a change took the place of can be taken back without harm to what is there now.
  static func leavesOldKey(_ name: ConnectionName, with dependencies: Dependencies) -> Bool {
    do {
      _ = try dependencies.store().formerToRevoke(of: name)
      return true
    } catch {
      return false
    }
  }

  private static func diagnosis(of error: StoreError) -> Diagnosis {
    let explanation = error.explanation
    return Diagnosis(
      kind: .uncheckable, sentence: Sentences.paragraph(explanation),
      nextStep: explanation.advice.map(Sentences.sentence) ?? "")
  }
}
