package import Basics
package import ProviderFormat
internal import Signing

/// What it means that a request cannot be built. Where a key or a certificate is the reason, nobody has to be asked to
/// know that it is wrong.
extension Diagnosis {
  package init(of error: RequestError, for provider: Provider) {
    let explanation = error.explanation(for: provider)
    switch error {
    case .badKey, .badClientCertificate:
      self.init(
        kind: .wrongKind, sentence: "\(explanation.why ?? "").",
        nextStep: explanation.advice.map { "\($0.withCapital)." } ?? "")
    case .unfilled, .noAddress, .badAddress, .badPart, .badHeader, .badArgument, .tooLong,
      .badHeaderName, .reservedHeader, .badMethod, .noBaseAddress, .otherOrigin, .badBody,
      .needsWholeBody, .noPages, .noPageSize, .badStatus:
      self.init(.unclear, explanation)
    }
  }
}

extension RequestError {
  /// The same as `explanation`, with fields named as the provider's form names them.
  package func explanation(for provider: Provider) -> Explanation {
    var explanation = explanation
    switch self {
    case .badKey(let fault):
      let field = provider.labels(of: provider.signingFields) ?? "The key that signs"
      explanation.why = "\(field) cannot be used: \(fault.sentence)"
    case .badClientCertificate(let flaw):
      let id = flaw.isOfKey ? ClientCertificate.keyField : ClientCertificate.certificateField
      let field = provider.labels(of: [id]) ?? id.name
      explanation.why = "\(field) cannot be used: \(flaw.rawValue)"
    case .unfilled(let name, let place):
      guard let field = provider.labels(of: [provider.field(named: name)]) else { break }
      explanation.why = "there is no value for \(field), which \(place) needs"
      explanation.advice = "fill in \(field)"
    case .noAddress, .badAddress, .badPart, .badHeader, .badArgument, .tooLong, .badHeaderName,
      .reservedHeader, .badMethod, .noBaseAddress, .otherOrigin, .badBody, .needsWholeBody,
      .noPages, .noPageSize, .badStatus:
      break
    }
    return explanation
  }
}

extension ClientCertificate.Flaw {
  fileprivate var isOfKey: Bool {
    switch self {
    case .noCertificate, .damagedCertificate: false
    case .noKey, .damagedKey, .encryptedKey: true
    }
  }
}

extension Provider {
  /// The fields of which a key that signs is made.
  fileprivate var signingFields: [Field.ID] {
    var templates = [entry["token"]?["signing_key"], entry["assertion"]?["key"]]
      .compactMap { $0?.text }.map { Template($0) }
    for header in proxy.headers + (proxy.verification?.headers ?? []) {
      templates += Template(header.template).signingKeys
    }
    var fields = templates.flatMap(\.names).map(field)
    if TokenRules(self).authentication == .privateKeyJWT {
      fields.append(ClientCertificate.keyField)
    }
    return fields
  }

  /// What the form calls fields: `Key ID and Signing Key`; nil when it asks for none of them.
  fileprivate func labels(of fields: [Field.ID]) -> String? {
    let form = Form(provider: self, guide: nil)
    let labels = form.fields.filter { $0.isPrompted && fields.contains($0.id) }.map(\.label)
    return labels.isEmpty ? nil : labels.joined(separator: " and ")
  }
}

extension Template {
  /// The templates of the keys that its signatures are made with.
  fileprivate var signingKeys: [Template] {
    parts.flatMap { part -> [Template] in
      switch part {
      case .literal, .name, .now, .random: []
      case .call(.ed25519Sign, let arguments): arguments.suffix(1)
      case .call(_, let arguments): arguments.flatMap(\.signingKeys)
      }
    }
  }
}
