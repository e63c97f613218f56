extension Diagnosis {
  /// The diagnosis when the provider could not be asked.
  ///
  /// - Parameters:
  ///   - host: who was asked, as it is shown.
  ///   - detail: what the network said, in plain words; the end of a sentence.
  package static func unreachable(
    _ cause: Cause, host: String?, detail: String? = nil
  ) -> Diagnosis {
    let place = host ?? "the provider"
    let (what, next) = cause.words(for: place)
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
  fileprivate func words(for place: String) -> (what: String, next: String) {
    switch self {
    case .noName:
      (
        "The name \(place) is not known",
        "Check its spelling, and that this machine can look up names."
      )
    case .noRoute:
      ("There is no route to \(place)", "Check that this machine has a network and may use it.")
    case .connectionRefused:
      ("\(place) refused the connection", "Check the host and the port, or check again later.")
    case .connectionReset:
      ("\(place) broke the connection off", "Check again; a firewall or proxy may be in between.")
    case .timeout:
      ("\(place) did not answer in time", "Check again; look at the network if it stays so.")
    case .tls:
      (
        "The connection to \(place) cannot be trusted",
        "Check the clock and the certificates of this machine; nothing was sent."
      )
    case .clientCertificate:
      (
        "\(place) cannot be asked without a client certificate that works",
        "Check the certificate and its private key at the provider."
      )
    case .proxy:
      ("The proxy did not let the request to \(place) through", "Check HTTPS_PROXY and NO_PROXY.")
    case .forbiddenAddress:
      (
        "\(place) leads to an address that credentials are not sent to",
        "Check the host; addresses of this machine and its network have to be allowed."
      )
    case .redirect:
      (
        "\(place) sent the request on to another place, and credentials do not go along",
        "Check the host in the fields of the address, and the key: some ask for a sign-in in this way."
      )
    case .badAnswer:
      (
        "\(place) gave an answer that cannot be read",
        "Check again; look at the host if it stays so."
      )
    case .internalFailure: ("The check itself failed", "Check again, and report it if it stays so.")
    }
  }
}
