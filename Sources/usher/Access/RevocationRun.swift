internal import Basics
internal import Checking
internal import Connections
internal import ProviderFormat
internal import Requests
internal import Store

/// Takes the values of a connection back at their provider, for commands that have nothing else to do meanwhile.
struct RevocationRun {
  let network: NetworkOptions

  /// Takes back what a connection was made of, and the tokens that were got with it.
  func revoke(_ generation: borrowing FormerGeneration) -> RevocationOutcome {
    guard Threads.areAvailable else { return .failed(.withoutThreads()) }
    let revoker = HelperRevoker(options: network.checkOptions)
    return waiting(with: generation.order()) { await revoker.revoke($0) }
  }

  /// The same of what is stored, which is to be changed afterwards: nobody is asked unless it can be. Where the request
  /// carries the access token, that is renewed first if it has ended; what there is will do where that is not possible.
  func revoke(
    _ name: ConnectionName, in session: borrowing StoreSession
  ) throws(StoreError) -> RevocationOutcome {
    try session.prepareToSave()
    let record = try session.read(name)
    if record.provider.isRevokedWithToken {
      _ = try? ConnectionAccess(network: network, isSilent: true).token(of: name, in: session)
    }
    return revoke(FormerGeneration(record: record, token: try session.token(of: name)))
  }
}

extension Provider {
  /// Whether the request that takes an account back carries its access token.
  fileprivate var isRevokedWithToken: Bool {
    guard authMode.needsConsent, let revocation = usher.revocation else { return false }
    return revocation.tokenURL == nil && revocation.request != nil
  }
}
