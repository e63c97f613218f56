internal import Basics
internal import Drafts
internal import ProviderFormat
internal import Secrets

extension Diagnosis {
  /// The diagnosis when the provider could not be asked.
  ///
  /// - Parameters:
  ///   - host: who was asked, as it is shown.
  ///   - detail: what the network said, in plain words; the end of a sentence.
  ///   - fields: what the form calls the settings of which the host was made; nil where the provider's entry names it, and
  ///     nobody can have mistyped it.
  ///   - isCheck: whether it was asked for a check, and for nothing else.
  package static func unreachable(
    _ cause: Cause, host: String?, detail: String? = nil, fields: String? = nil,
    isCheck: Bool = true
  ) -> Diagnosis {
    let what = cause.words(for: host ?? "the provider", isCheck)
    let next = cause.nextStep(fields, isCheck)
    let clean = detail.map { PrintableText.oneLine(Array($0.utf8), atMost: 200) } ?? ""
    let sentence = clean.isEmpty ? "\(what)." : "\(what): \(clean)."
    var diagnosis = Diagnosis(
      kind: cause == .badAnswer || cause == .redirect ? .unclear : .unreachable,
      sentence: sentence, nextStep: next)
    diagnosis.cause = cause
    diagnosis.host = host
    return diagnosis
  }

  /// The user ended the check.
  package static func cancelled(host: String? = nil) -> Diagnosis {
    var diagnosis = Diagnosis(
      kind: .cancelled, sentence: "The check was cancelled.",
      nextStep: "Check again when you are ready.")
    diagnosis.host = host
    return diagnosis
  }
}

extension Diagnosis.Cause {
  fileprivate func words(for place: String, _ isCheck: Bool) -> String {
    switch self {
    case .noName: "The name \(place) is not known"
    case .noNameServer: "The name \(place) could not be looked up"
    case .noRoute: "There is no route to \(place)"
    case .connectionRefused: "\(place) refused the connection"
    case .connectionReset: "\(place) broke the connection off"
    case .timeout: "\(place) did not answer in time"
    case .tls: "The connection to \(place) cannot be trusted"
    case .clientCertificate:
      "\(place) cannot be asked without a client certificate that works"
    case .proxy: "The proxy did not let the request to \(place) through"
    case .forbiddenAddress: "\(place) leads to an address that credentials are not sent to"
    case .redirect:
      "\(place) sent the request on to another place, and credentials do not go along"
    case .badAnswer: "\(place) gave an answer that cannot be read"
    case .internalFailure: isCheck ? "The check itself failed" : "The request could not be made"
    }
  }

  /// - Parameter fields: of which the host was made.
  fileprivate func nextStep(_ fields: String?, _ isCheck: Bool) -> String {
    let check = fields.map { "Check \($0)" }
    let again = isCheck ? "Check again" : "Try again"
    switch self {
    case .noNameServer: return "\(again) later; look at the network if it stays so."
    case .noName:
      return check.map { "\($0), and that this machine can look up names." }
        ?? "Check that this machine has a network, and can look up names."
    case .noRoute: return "Check that this machine has a network and may use it."
    case .connectionRefused:
      return check.map { "\($0), or check again later." }
        ?? "\(again) later; a firewall may be in between."
    case .connectionReset: return "\(again); a firewall or proxy may be in between."
    case .timeout: return "\(again); look at the network if it stays so."
    case .tls:
      return
        "Check this machine's clock and the authorities that it trusts, or tell whoever runs the server; nothing was sent."
    case .clientCertificate: return "Check the certificate and its private key at the provider."
    case .proxy: return "Check HTTPS_PROXY and NO_PROXY."
    case .forbiddenAddress:
      return check.map { "\($0); it has to name the host of the provider." }
        ?? "Have the provider's entry name another host, or look at what this network makes of the name."
    case .redirect:
      return check.map { "\($0): a wrong address often leads to a page to sign in on." }
        ?? "Check whether this network asks for a sign-in first, then \(isCheck ? "check" : "try") again."
    case .badAnswer:
      return isCheck ? "Check again; store it unchecked if it stays so." : "Try again."
    case .internalFailure: return "\(again), and report it if it stays so."
    }
  }
}

extension TemplateContext {
  /// What the form calls the settings of which a host was made: `Site name`; nil when none was.
  borrowing func fieldsTyped(into host: String) -> String? {
    let labels = host.prefix { $0 != ":" }.lowercased().split(separator: ".")
    let name = labels.joined(separator: ".")
    var titles: [String] = []
    for field in Form(provider: provider, guide: nil).fields
    where field.isPrompted && field.id.scope != .credentials {
      let text = values.withBytes(of: field.id) { $0.byteCount <= 512 ? $0.shownText : "" }
      let typed = Self.host(in: text)
      guard !typed.isEmpty else { continue }
      let isPart = typed.contains(".") ? name.hasSuffix(typed) || name.hasPrefix(typed) : false
      if isPart || labels.contains(typed[...]) { titles.append(field.label) }
    }
    return titles.isEmpty ? nil : titles.joined(separator: " and ")
  }

  /// The host in `https://host:port/path`, or in what is typed of it.
  private static func host(in text: String) -> String {
    let lower = text.lowercased()
    let start = lower.firstRange(of: "://")?.upperBound ?? lower.startIndex
    return String(lower[start...].prefix { $0 != "/" && $0 != ":" && $0 != "?" })
  }
}
