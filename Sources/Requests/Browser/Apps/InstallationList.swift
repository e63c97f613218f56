internal import Basics
internal import Drafts
internal import ProviderFormat
internal import Secrets

/// Asks where an application is installed, so that nobody has to come back from a browser to say so. A state machine
/// like `CheckSession`: it does no input or output itself.
package struct InstallationList: ~Copyable {
  /// As many as one answer holds. An application that is installed more often is told by number.
  private static let most = 100

  private var context: CheckContext
  private var hasSent = false
  private var host: String?
  private var outcome: InstallationOutcome?

  /// - Parameter flow: with the application's number and its key among the credentials.
  package init(_ flow: borrowing AuthorizationFlow, at replay: ReplayContext? = nil) {
    context = CheckContext(flow.sources(adding: SecretMap(), at: replay))
  }

  /// The next request, or the end.
  package mutating func next() -> SessionAction<InstallationOutcome> {
    if let outcome { return .done(outcome) }
    guard !hasSent else { return .done(.refused(context.general.diagnosis(.unclear))) }
    hasSent = true
    do throws(RequestError) {
      guard let address = GitHubApp.listAddress(context.provider) else { throw .noAddress }
      var call = TokenCall.query([.text("per_page", String(Self.most))], method: "GET")
        .at(.address(address))
      call.headers = GitHubApp.headers
      let request = try call.build(in: &context)
      host = request.origin.description
      return .send(request)
    } catch {
      let end = InstallationOutcome.refused(Diagnosis(of: error, for: context.provider))
      outcome = end
      return .done(end)
    }
  }

  /// Takes the answer to the request.
  package mutating func receive(_ answer: borrowing CheckAnswer) {
    let value = answer.withJSON { try? Value(json: $0, limits: .answers) }
    guard answer.isSuccess, let list = value?.list else {
      outcome = .refused(
        GrantRefusal(context, .installation).diagnosis(of: answer, from: context.sources))
      return
    }
    outcome = .installations(list.prefix(Self.most).compactMap(Installation.init))
  }

  /// The request could not be sent, or its answer could not be read.
  package mutating func fail(_ cause: Diagnosis.Cause, detail: String?) {
    outcome = .refused(context.unreachable(cause, host: host, detail: detail, isCheck: false))
  }
}

extension GitHubApp {
  /// Where the installations are listed: what stands in front of the number in the address of one.
  fileprivate static func listAddress(_ provider: Provider) -> String? {
    let url = provider.entry["token_url"]
    let address = url?.text ?? url?[AuthMode.app.rawValue]?.text ?? ""
    let number = "/${connectionConfig.\(installationSetting)}"
    guard let start = address.utf8.firstRange(of: number.utf8)?.lowerBound else { return nil }
    return String(decoding: address.utf8[..<start], as: UTF8.self)
  }
}
