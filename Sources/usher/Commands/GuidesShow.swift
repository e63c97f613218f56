internal import ArgumentParser
internal import Credentials
internal import Guides
internal import Onboarding

/// `usher guides show`
struct GuidesShow: UsherCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "A provider's guide as text, with every address written out.",
    discussion: """
      EXAMPLES
        usher guides show tally
        usher guides show tailscale-api-key | less
        usher guides show tally --json     where it comes from, and what it stands in place of
      """)

  @Argument(help: "A provider: usher guides list shows them.", completion: .providers)
  var provider: String
  @Flag(help: "Print JSON: what the list says of it, and where its guide stands.") var json = false
  @OptionGroup var catalogue: CatalogueOptions

  func perform() throws -> ExitCode {
    let opened = catalogue.catalogue()
    let form = try catalogue.form(for: provider, in: opened)
    guard let entry = opened.entry(provider) else {
      throw CommandError.noProvider(slug: provider, suggestions: [])
    }
    if json {
      var value = GuidesList.json(entry).map ?? .init()
      value["guide"] = .optional(opened.guideFile(of: form.provider))
      Console.json(.map(value))
      return .done
    }
    Console.line("From: \(entry.sourceText)")
    Console.document(GuideText(form).lines.joined(separator: "\n"))
    if !form.provider.authMode.isFormBased {
      Console.document(BrowserFlow.sentence(for: form.provider))
    }
    return .done
  }
}
