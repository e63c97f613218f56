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
      let outcome = await EffectRunner.revoke(name, with: dependencies)
      mailbox.post(.revoked(outcome, ticket: ticket))
    }
  }

  /// The answer is not waited for any longer. An order that has gone out stays out.
  mutating func cancelRevocation() {
    revocation?.cancel()
    revocation = nil
    revocationTicket += 1
  }

  private static func revoke(
    _ name: ConnectionName, with dependencies: Dependencies
  ) async -> RevocationOutcome {
    guard let revoker = dependencies.revoker else {
      return .failed(.unreachable(.internalFailure, host: nil))
    }
    let order: RevocationOrder
    let version: Int
    do throws(StoreError) {
      let former = try dependencies.store().formerToRevoke(of: name)
      version = former.record.facts.version
      order = former.order()
    } catch {
      return .failed(EffectRunner.diagnosis(of: error))
    }
    let outcome = await revoker.revoke(order)
    guard outcome == .revoked else { return outcome }
    // What is only not noted is revoked all the same.
    try? dependencies.store().noteRevoked(name, version: version)
    return .revoked
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
