internal import ProviderFormat

/// The diagnosis by HTTP status, for everything that a provider's entry says nothing about.
struct StatusDiagnosis {
  /// How the provider is called in sentences.
  let name: String
  /// What the form calls the settings that stand in the check's address: `Region and Domain`; nil when none do.
  let addressFields: String?

  init(_ provider: Provider) {
    name = provider.displayName
    let proxy = provider.proxy
    let address =
      ([proxy.verification?.baseURLOverride ?? proxy.baseURL ?? ""]
      + (proxy.verification?.endpoints ?? []) + provider.usher.check.map(\.url)
      + TokenRules(provider).addresses).joined()
    let fields = Form(provider: provider, guide: nil).fields.filter { field in
      field.id.scope == .connectionConfig && address.contains("connectionConfig.\(field.id.name)}")
    }
    addressFields = fields.isEmpty ? nil : fields.map(\.label).joined(separator: " and ")
  }

  func diagnosis(status: Int, retryAfter: String? = nil) -> Diagnosis {
    var diagnosis = diagnosis(kind(of: status), status: status, retryAfter: retryAfter)
    diagnosis.status = status
    if (300...399).contains(status) { diagnosis.cause = .redirect }
    if status == 407 { diagnosis.cause = .proxy }
    return diagnosis
  }

  func kind(of status: Int) -> Diagnosis.Kind {
    switch status {
    case 200...299: .accepted
    case 401: .refused
    case 402, 403: .lacksRight
    case 404, 410: addressFields == nil ? .unclear : .wrongTenant
    case 407: .unreachable
    case 408, 425, 429, 500...599: .busy
    default: .unclear
    }
  }

  /// A kind in general words.
  func diagnosis(
    _ kind: Diagnosis.Kind, status: Int? = nil, retryAfter: String? = nil
  ) -> Diagnosis {
    let (sentence, next): (String, String) =
      switch kind {
      case .accepted: ("\(name) accepts these credentials.", "")
      case .wrongKind:
        (
          "\(name) does not take this kind of key.",
          "Compare it with what the guide tells to create."
        )
      case .wrongTenant:
        (
          "\(name) has nothing for these credentials under this address.",
          addressFields.map { "Check \($0)." } ?? "Check that the key belongs to this account."
        )
      case .lacksRight:
        (
          "\(name) knows these credentials, but they lack a right that the check needs.",
          "Give the key that right, or create one that has it."
        )
      case .refused:
        (
          "\(name) refuses these credentials: they are mistyped, expired or revoked.",
          addressFields.map { "Copy the value once more, and check that it belongs to this \($0)." }
            ?? "Copy the value once more, or create a new one."
        )
      case .busy: (busy(status), "Check again \(wait(retryAfter)); nothing is wrong so far.")
      case .unreachable: ("\(name) could not be asked.", "Check the network, then check again.")
      case .unclear: unclear(status)
      case .uncheckable:
        (
          "No check is known for \(name): nothing was asked.",
          "Store it unchecked; its first use will show whether it works."
        )
      case .cancelled: ("The check was cancelled.", "Check again when you are ready.")
      }
    return Diagnosis(kind: kind, sentence: sentence, nextStep: next)
  }

  private func busy(_ status: Int?) -> String {
    switch status {
    case 429: "\(name) was asked too often in a short time."
    case .some(let status): "\(name) has trouble of its own and answered \(status)."
    case nil: "\(name) is busy."
    }
  }

  /// What answered says nothing of the credentials, but often something of the request.
  private func unclear(_ status: Int?) -> (sentence: String, next: String) {
    let later = "Store it unchecked if you are sure of it, or check again later."
    guard let status else {
      return ("The answer of \(name) says nothing about the credentials.", later)
    }
    let answered = "\(name) answered \(status)"
    return switch status {
    case 300...399:
      (
        "\(answered) and points to another place, perhaps to sign in: the check cannot go there.",
        addressFields.map { "Check \($0), and copy the key once more." }
          ?? "Copy the value once more; store it unchecked if you are sure of it."
      )
    case 400, 422:
      (
        "\(answered): it does not understand the request, as when a value is malformed.",
        "Compare each value with the guide; store them unchecked if you are sure of them."
      )
    case 404, 405, 410:
      (
        "\(answered): what the check asks for is not there, which says nothing about the credentials.",
        later
      )
    default: ("\(answered), which says nothing about the credentials.", later)
    }
  }

  /// The provider's own wish, if it is a sensible number of seconds.
  private func wait(_ retryAfter: String?) -> String {
    guard let retryAfter, let seconds = Int(retryAfter), (1...86_400).contains(seconds) else {
      return "in some minutes"
    }
    return seconds == 1 ? "in 1 second" : "in \(seconds) seconds"
  }
}
