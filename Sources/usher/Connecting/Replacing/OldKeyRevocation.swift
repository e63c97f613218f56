internal import Basics
internal import Connections
internal import ProviderFormat
internal import Requests
internal import Store

/// `--revoke-old`: what a change took the place of is taken back at the provider, and not kept any longer.
struct OldKeyRevocation {
  let network: NetworkOptions

  /// - Throws: where nothing is kept, where a person has to do it, and where the provider did not.
  func revoke(_ connection: ConnectionName, in session: borrowing StoreSession) throws {
    let former = try session.formerToRevoke(of: connection)
    let provider = former.record.provider.displayName
    let version = former.record.facts.version
    switch former.revocationWay() {
    case .request?: break
    case .page(let url)?:
      throw CommandError.failed(
        Explanation(
          what: "\(provider) takes no key back by itself",
          why: "a person does that on a page of the provider's", advice: "open \(url)"))
    case nil:
      throw CommandError.failed(
        Explanation(
          what: "nothing is known of how \(provider) takes a key back",
          why: "its entry does not say it",
          advice: "look for it where the key was made"))
    }
    switch RevocationRun(network: network).revoke(former) {
    case .revoked: try session.noteRevoked(connection, version: version)
    case .failed(let diagnosis): throw RevocationRefused(diagnosis: diagnosis)
    }
  }
}

/// Why a provider has not taken a key back.
struct RevocationRefused: Explained {
  let diagnosis: Diagnosis

  /// What cannot be asked is no success.
  var exitCode: ExitCode { diagnosis.exitCode == .done ? .failed : diagnosis.exitCode }

  var explanation: Explanation { Explanation(what: DiagnosisReport.text(diagnosis)) }
}
