internal import Basics
internal import ProviderFormat

/// A diagnosis in general words, for everything that a provider's entry says nothing about.
struct StatusDiagnosis {
  let provider: Provider
  /// How the provider is called in sentences.
  let name: String
  /// What the form calls the settings that stand in the check's address: `Region and Domain`; nil when none do.
  let addressFields: String?

  init(_ provider: Provider) {
    self.provider = provider
    name = provider.displayName
    let proxy = provider.proxy
    let address =
      ([proxy.verification?.baseURLOverride ?? proxy.baseURL ?? ""]
      + (proxy.verification?.endpoints ?? []) + provider.usher.check.map(\.url)
      + TokenRules(provider).addresses).joined()
    let fields = Form(provider: provider, guide: nil).fields.filter { field in
      field.id.scope == .connectionConfig && address.holds("connectionConfig.\(field.id.name)}")
    }
    addressFields = fields.isEmpty ? nil : fields.map(\.label).joined(separator: " and ")
  }

  /// A kind in general words.
  func diagnosis(_ kind: Diagnosis.Kind) -> Diagnosis {
    let (sentence, next) = words(of: kind)
    return Diagnosis(kind: kind, sentence: sentence, nextStep: next)
  }

  /// Sentence and next step of a kind.
  func words(of kind: Diagnosis.Kind) -> (sentence: String, next: String) {
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
    case .busy: ("\(name) is busy.", "Check again in some minutes; nothing is wrong so far.")
    case .unreachable: ("\(name) could not be asked.", "Check the network, then check again.")
    case .unclear:
      (
        "The answer of \(name) says nothing about the credentials.",
        "Store it unchecked if you are sure of it, or check again later."
      )
    case .uncheckable:
      (
        "No check is known for \(name): nothing was asked.",
        "Store it unchecked; its first use will show whether it works."
      )
    case .cancelled: ("The check was cancelled.", "Check again when you are ready.")
    }
  }
}
