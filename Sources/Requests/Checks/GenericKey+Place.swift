internal import Basics
internal import ProviderFormat
internal import Secrets

extension GenericKey {
  /// What to add to requests.
  enum Place: Equatable {
    case header(Provider.NamedTemplate)
    case query(Provider.NamedTemplate)
  }

  /// Nil for every other provider, and when its settings name no place.
  static func place(_ sources: borrowing TemplateContext) -> Place? {
    guard sources.provider.slug == slug, let name = setting("keyName", sources) else { return nil }
    let template = setting("valueTemplate", sources) ?? "${apiKey}"
    if setting("keyPlacement", sources)?.lowercased().hasPrefix("query") == true {
      return .query(.init(name: name, template: template))
    }
    return .header(.init(name: name.lowercased(), template: template))
  }

  private static func setting(
    _ name: String, _ sources: borrowing TemplateContext
  ) -> String? {
    let text = sources.values.withBytes(of: .init(.integrationConfig, name)) { $0.shownText }
    return text.isEmpty ? nil : text
  }
}
