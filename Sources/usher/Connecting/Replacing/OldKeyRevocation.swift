internal import Basics
internal import Connections
internal import ProviderFormat
internal import Requests
internal import Store

/// `--revoke-old`: what a change took the place of is taken back at the provider, and not kept any longer.
struct OldKeyRevocation {
  let network: NetworkOptions

  /// Asks nobody unless the store can be written to: what is revoked has to be noted. Where that fails all the same, it is
  /// told on standard error.
  /// - Returns: how a command ends that wanted nothing else.
  /// - Throws: where nothing is kept, where a person has to do it, and where the provider did not.
  @discardableResult
  func revoke(_ connection: ConnectionName, in session: borrowing StoreSession) throws -> ExitCode {
    try session.prepareToSave()
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
    case .revoked: return note(connection, version, provider, in: session)
    case .failed(let diagnosis): throw RevocationRefused(diagnosis: diagnosis)
    }
  }

  private func note(
    _ connection: ConnectionName, _ version: Int, _ provider: String,
    in session: borrowing StoreSession
  ) -> ExitCode {
    do throws(StoreError) {
      try session.noteRevoked(connection, version: version)
      return .done
    } catch {
      let reason = error.explanation
      ErrorPrinter.print(
        Explanation(
          what:
            "the old key of \(connection) is revoked at \(provider), and only this could not be noted",
          why: [reason.what, reason.why].compactMap(\.self).joined(separator: ": "),
          advice: reason.advice))
      return .storeFailed
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
