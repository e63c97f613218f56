internal import ArgumentParser
internal import Basics
internal import Catalogues
internal import GuideFetching
internal import ProviderFormat

/// `usher guides list`
struct GuidesList: UsherCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "The providers that Usher knows, and where each comes from.",
    discussion: """
      EXAMPLES
        usher guides list
        usher guides list mail
        usher guides list --guides ./guides --json
      """)

  @Argument(help: "Only what fits these words: name, slug, category.") var query: [String] = []
  @Flag(help: "Print JSON.") var json = false
  @OptionGroup var catalogue: CatalogueOptions

  func perform() throws -> ExitCode {
    let opened = catalogue.catalogue()
    let words = query.joined(separator: " ")
    let entries = words.isEmpty ? opened.entries : opened.search(words)
    let origins = GuideOrigins()
    let lone = opened.loneGuides().filter { path in query.allSatisfy { path.slug.contains($0) } }
    if json {
      let values = entries.map { entry in
        var value = GuidesList.json(entry).map ?? .init()
        value["fetched"] = .optional(origins.page(of: entry)?.fetched.description)
        return Value.map(value)
      }
      Console.json(
        .map([
          ("providers", .list(values)),
          ("guides_without_entry", .list(lone.map { .string($0.slug) })),
        ]))
    } else if entries.isEmpty && lone.isEmpty {
      Console.line("No provider fits \(words).")
    } else {
      let rows = entries.map { entry in
        [
          entry.slug, entry.displayName, GuidesList.way(of: entry), origins.text(of: entry),
        ]
      }
      let guides = lone.map { [$0.slug, "", "no entry", origins.text(of: $0)] }
      Console.line(
        TextTable(rows: [["PROVIDER", "NAME", "LINKED BY", "FROM"]] + rows + guides).text)
    }
    for finding in opened.findings { ErrorPrinter.warn(finding.text) }
    return entries.isEmpty && lone.isEmpty && !words.isEmpty ? .notFound : .done
  }

  /// What finishes a link.
  private static func way(of entry: CatalogueEntry) -> String {
    if !entry.canBeLinked { return "not from here" }
    return entry.isFormBased ? "a form" : "consent"
  }

  static func json(_ entry: CatalogueEntry) -> Value {
    .map([
      ("slug", .string(entry.slug)), ("name", .string(entry.displayName)),
      ("domain", .optional(entry.domain)), ("auth_mode", .string(entry.authMode.rawValue)),
      ("categories", .list(entry.categories.map(Value.string))),
      ("has_guide", .bool(entry.hasGuide)), ("linkable", .bool(entry.canBeLinked)),
      ("from", .string(entry.origin.text)),
      ("shadows", .list(entry.shadowed.map { .string($0.text) })),
    ])
  }
}

extension Provider.Origin {
  /// For people and scripts: `built in`, or the folder.
  var text: String {
    switch self {
    case .builtIn: "built in"
    case .folder(let path): path
    case .record: "the connection's record"
    }
  }
}
