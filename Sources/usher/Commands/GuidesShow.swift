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
      """)

  @Argument(help: "A provider: usher guides list shows them.", completion: .providers)
  var provider: String
  @OptionGroup var catalogue: CatalogueOptions

  func perform() throws -> ExitCode {
    let form = try catalogue.form(for: provider)
    Console.document(GuideText(form).lines.joined(separator: "\n"))
    if !form.provider.authMode.isFormBased {
      Console.document(BrowserFlow.sentence(for: form.provider))
    }
    return .done
  }
}
