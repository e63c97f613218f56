internal import Guides
internal import Secrets

/// What answers told about the credentials: the first value of each fact counts.
struct CheckFacts: Equatable {
  var account: String?
  var organization: String?
  var expires: Timestamp?
  var rights: [String] = []
  /// What the key is called; shown as the account where nothing better is known.
  var label: String?

  /// The most rights that are kept.
  private static let mostRights = 64

  /// Reads facts out of an answer. Several paths of one name are tried in order.
  mutating func read(
    _ paths: [Provider.NamedTemplate], in body: RawSpan, from sources: borrowing TemplateSources
  ) {
    for path in paths {
      guard let range = JSONPath(path.template).find(in: body) else { continue }
      let value = body.extracting(range)
      switch path.name {
      case "account": account = account ?? text(value, sources)
      case "organization": organization = organization ?? text(value, sources)
      case "description": label = label ?? text(value, sources)
      case "expires":
        expires = expires ?? text(value, sources).flatMap { Timestamp(providerText: $0) }
      case "rights": if rights.isEmpty { rights = list(value, sources) }
      // The lint reports other names; a newer file may have them.
      default: break
      }
    }
  }

  func apply(to diagnosis: inout Diagnosis) {
    diagnosis.account = account ?? label
    diagnosis.organization = organization
    diagnosis.expires = expires
    diagnosis.rights = rights
  }

  private func text(_ value: RawSpan, _ sources: borrowing TemplateSources) -> String? {
    guard let text = value.jsonText() else { return nil }
    return text.withBytes { Redactor.clean($0, from: sources) }
  }

  /// A list of texts, or one text with blanks or commas between.
  private func list(_ value: RawSpan, _ sources: borrowing TemplateSources) -> [String] {
    var rights: [String] = []
    var reader = SecretJSONReader()
    if (try? reader.kind(value)) == .array {
      try? reader.array(value) { reader throws(SecretJSONError) in
        let element = value.extracting(try reader.skip(value))
        if rights.count < Self.mostRights, let right = text(element, sources) {
          rights.append(right)
        }
      }
      return rights
    }
    let words = text(value, sources)?.split { $0 == " " || $0 == "," } ?? []
    return words.prefix(Self.mostRights).map(String.init)
  }
}
