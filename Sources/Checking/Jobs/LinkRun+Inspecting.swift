internal import Basics
internal import Drafts
internal import Requests

/// What is found out about an account once it is linked. Nothing of it can undo the link.
extension LinkRun {
  /// The account, with what the provider says of it: settings that its requests need, whose it is, and whether it takes
  /// the token.
  func inspected(
    _ account: consuming LinkedAccount, of flow: borrowing AuthorizationFlow
  ) async -> LinkedAccount {
    var account = account
    if AccountLookup.isKnown(flow.provider) {
      var submission = flow.submission.duplicate()
      submission.add(account)
      await complete(&account, with: AccountLookup(submission, token: account.token))
    }
    if CheckSession.knowsLinked(flow.provider) {
      var submission = flow.submission.duplicate()
      submission.add(account)
      let session = CheckSession(linked: submission, token: account.token)
      let checked = await diagnosis(of: session)
      account.diagnosis = account.diagnosis.map { $0.adding(checked) } ?? checked
    }
    return account
  }

  /// What a check comes to, in a time of its own.
  func diagnosis(of session: consuming CheckSession) async -> Diagnosis {
    var session = session
    transport.renewLimits()
    return await transport.outcome(of: &session) { $0.next() }
  }

  private func complete(
    _ account: inout LinkedAccount, with lookup: consuming AccountLookup
  ) async {
    var lookup = lookup
    transport.renewLimits()
    while true {
      switch lookup.next() {
      case .send(let request): await transport.exchange(request, with: &lookup)
      case .done: return lookup.complete(&account)
      }
    }
  }
}

extension Diagnosis {
  /// What a check came to, with what was found out before.
  fileprivate func adding(_ checked: Diagnosis) -> Diagnosis {
    guard checked.isAccepted else { return checked.kind == .uncheckable ? self : checked }
    var both = checked
    both.account = checked.account ?? account
    both.organization = checked.organization ?? organization
    if !nextStep.isEmpty {
      // The token is good, and still something is missing.
      both.sentence = sentence
      both.nextStep = nextStep
      both.providerSays = providerSays
    }
    both.metadata = metadata.merging(checked.metadata) { $1 }
    return both
  }
}
