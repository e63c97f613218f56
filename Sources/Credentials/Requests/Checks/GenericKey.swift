internal import Basics
internal import Guides
internal import Secrets

/// The provider of the format for "any API with a key": its settings, not its entry, say where the API is and in which
/// header or query parameter the key goes.
struct GenericKey {
  static let slug = "private-api-generic"
  /// The template of the base address.
  static let base = "${integrationConfig.baseUrl}"

  /// The setting that names the key on screen.
  static let label = Field.ID(.integrationConfig, "keyLabel")

  static func isKey(_ field: Field.ID, of provider: Provider) -> Bool {
    provider.slug == slug && field == Field.ID(.credentials, "apiKey")
  }

  /// What to add to requests.
  enum Place: Equatable {
    case header(Provider.NamedTemplate)
    case query(Provider.NamedTemplate)
  }

  /// Nil for every other provider, and when its settings name no place.
  static func place(_ sources: borrowing TemplateSources) -> Place? {
    guard sources.provider.slug == slug, let name = setting("keyName", sources) else { return nil }
    let template = setting("valueTemplate", sources) ?? "${apiKey}"
    if setting("keyPlacement", sources)?.lowercased().hasPrefix("query") == true {
      return .query(.init(name: name, template: template))
    }
    return .header(.init(name: name.lowercased(), template: template))
  }

  private static func setting(
    _ name: String, _ sources: borrowing TemplateSources
  ) -> String? {
    let text = sources.values.withBytes(of: .init(.integrationConfig, name)) { $0.shownText }
    return text.isEmpty ? nil : text
  }
}
