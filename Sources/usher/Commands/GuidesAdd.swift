internal import ArgumentParser
internal import Basics
internal import Catalogues
internal import Checking
internal import GuideFetching
internal import GuideText
internal import GuideTools
internal import ProviderFormat

/// `usher guides add`
struct GuidesAdd: UsherCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Make a page of documentation a guide of your own.",
    discussion: """
      Takes one page, from the network or from a file, as SLUG/guide.md in your own folder of guides. A provider \
      that has no entry yet gets one to fill in, as guides new writes it. What is there already is never overwritten.

      EXAMPLES
        usher guides add https://docs.example.com/api/keys --provider tea-house
        usher guides add ./how-to-get-a-key.md --provider tea-house
      """)

  @Argument(help: "The address of a page, or a Markdown file.", completion: .file())
  var page: String
  @Option(
    help: ArgumentHelp(
      "The provider's short name; made of the page's unless given.", valueName: "slug"))
  var provider: String?
  @Option(help: "How the credentials of a new entry work.") var mode = AuthMode.apiKey
  @Option(
    name: .customLong("in"),
    help: ArgumentHelp("Write into this folder instead of your own one.", valueName: "dir"),
    completion: .directory)
  var folder: String?
  @OptionGroup var network: NetworkOptions

  func perform() throws -> ExitCode {
    let isFile = GuideFile.exists(page)
    let address = isFile ? nil : PageAddress(page.contains("://") ? page : "https://\(page)")
    let slug = try slug(of: address)
    let parent = try CatalogueSources.writableFolder(folder, option: "--in")
    let text = try text(at: address)
    let guide = Guide(slug: slug, markdown: Array(text.utf8), file: "guide.md")
    let isKnown = CatalogueSources.catalogue(adding: folder).provider(slug) != nil
    var files = [(name: "guide.md", text: text)]
    if !isKnown {
      let scaffold = ProviderScaffold(slug: slug, displayName: nil, mode: mode)
      files.insert(("provider.yaml", scaffold.provider), at: 0)
    }
    let place = "\(parent)/\(slug)"
    let written = try NewFolder(place).write(files)
    Console.line(written.map { "Wrote \($0)" }.joined(separator: "\n"))
    let findings = GuideLint.findings(at: place)
    for finding in findings { Console.line("\(finding.severity.rawValue): \(finding.text)") }
    Console.line(next(slug, guide, isKnown: isKnown, place))
    return .done
  }

  private func slug(of address: PageAddress?) throws(CommandError) -> String {
    let stem = page.split(separator: "/").last.map { $0.split(separator: ".").first ?? $0 }
    let slug = provider ?? address?.slug ?? stem.map(String.init) ?? ""
    guard Provider.isSlug(slug) else {
      throw CommandError.usage(
        Explanation(
          what: slug.isEmpty
            ? "\(page) names no provider" : "\(slug) cannot be a provider's short name",
          why: "it names a folder and every connection: a to z, 0 to 9 and hyphens",
          advice: "say whose guide it is: --provider tea-house"))
    }
    return slug
  }

  private func text(at address: PageAddress?) throws -> String {
    let bytes: [UInt8]
    if let address {
      let fetcher = GuideFetcher(options: network.checkOptions)
      bytes = try waiting { try await fetcher.page(at: address) }
    } else {
      do throws(GuideFile.Problem) {
        bytes = try GuideFile.read(page, limit: Guide.sizeLimit)
      } catch {
        let finding = error.finding(file: page)
        throw CommandError.failed(
          Explanation(what: "cannot read \(page)", why: finding.message, advice: finding.advice))
      }
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw CommandError.failed(
        Explanation(
          what: "\(page) is no text", why: "its bytes are not UTF-8",
          advice: "save it as UTF-8, or give the address of its Markdown"))
    }
    return text
  }

  private func next(_ slug: String, _ guide: Guide, isKnown: Bool, _ place: String) -> String {
    let steps =
      guide.steps.isEmpty
      ? "The page has no steps that Usher recognises: begin each with a heading such as `#### Step 1: …`."
      : "\(guide.steps.count) \(guide.steps.count == 1 ? "step" : "steps")."
    let way =
      isKnown
      ? "Next: usher connect \(slug)"
      : "Next: put the service's addresses and fields into \(place)/provider.yaml, then usher connect \(slug)"
    return "\(steps)\n\(way)"
  }
}
