internal import ArgumentParser
internal import Basics
internal import Catalogues
internal import GuideText
internal import Onboarding
internal import ProviderFormat

/// `usher guides show`
struct GuidesShow: UsherCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "A provider's guide as text, with every address written out.",
    discussion: """
      EXAMPLES
        usher guides show tally
        usher guides show tailscale-api-key | less
        usher guides show tally --json     where it comes from, and what it asks
      """)

  @Argument(help: "A provider: usher guides list shows them.", completion: .providers)
  var provider: String
  @Flag(help: "Print JSON: what the list says of it, where its guide stands, and its fields.")
  var json = false
  @Flag(
    help:
      "Show also what a published page says to programs: its index, its address, its instructions.")
  var all = false
  @OptionGroup var catalogue: CatalogueOptions

  func perform() throws -> ExitCode {
    let opened = catalogue.catalogue()
    if !json, opened.provider(provider) == nil, let guide = opened.loneGuide(provider) {
      show(guide)
      return .done
    }
    let form = try catalogue.form(for: provider, in: opened)
    guard let entry = opened.entry(provider) else {
      throw CommandError.noProvider(slug: provider, suggestions: [])
    }
    if json {
      var value = GuidesList.json(entry).map ?? .init()
      value["guide"] = .optional(opened.guideFile(of: form.provider))
      value["fields"] = .list(form.fields.filter(\.isPrompted).map(GuidesShow.json))
      if !form.provider.authMode.isFormBased {
        value["scopes"] = .list(opened.scopes(of: provider).map(Value.string))
        let usual = AuthorizationRules(form.provider).defaultScopes
        value["default_scopes"] = .list(usual.map(Value.string))
      }
      Console.json(.map(value))
      return .done
    }
    let origins = GuideOrigins()
    Console.line("From: \(origins.text(of: entry))")
    if all, let publication = opened.guide(for: form.provider)?.publication {
      show(publication)
    }
    Console.document(GuideText(form).lines.joined(separator: "\n"))
    if let obstacle = LinkObstacle(form.provider) {
      Console.document(obstacle.sentence(for: form.provider))
    }
    return .done
  }

  /// A guide whose provider has no entry. There is no form to it.
  private func show(_ guide: Guide) {
    Console.line("From: a page without a provider's entry; it can be read, and nothing linked.")
    if all { show(guide.publication) }
    let provider = Provider(
      slug: guide.slug, displayName: guide.title, authMode: .other(""), origin: .builtIn)
    let form = Form(provider: provider, guide: guide, fields: [])
    Console.document(GuideText(form).lines.joined(separator: "\n"))
  }

  private func show(_ publication: Publication) {
    if let index = publication.index { Console.line("Index of the site: \(index)") }
    if let source = publication.source { Console.line("Address of the page: \(source)") }
    for text in publication.programTexts {
      Console.line("Written for programs, and never followed:")
      Console.line(text.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n"))
    }
    Console.line()
  }

  /// `masked` tells what is hidden while it is typed: more than what entries declare as secret.
  private static func json(_ field: FormField) -> Value {
    .map([
      ("field", .string(field.id.description)), ("label", .string(field.label)),
      ("masked", .bool(field.isMasked)), ("optional", .bool(field.acceptsEmpty)),
      ("of_application", .bool(field.isOfApplication)),
    ])
  }
}
