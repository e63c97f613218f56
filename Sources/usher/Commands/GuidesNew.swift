internal import ArgumentParser
internal import Basics
internal import GuideTools
internal import ProviderFormat

/// The modes that `guides new` has a template for.
extension AuthMode: ExpressibleByArgument {
  init?(argument: String) {
    self.init(rawValue: argument)
    guard ProviderScaffold.modes.contains(self) else { return nil }
  }

  static var allValueStrings: [String] { ProviderScaffold.modes.map(\.rawValue) }

  static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }

  var defaultValueDescription: String { rawValue }
}

/// `usher guides new`
struct GuidesNew: UsherCommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "Begin a provider and a guide of your own.",
    discussion: """
      Writes SLUG/provider.yaml and SLUG/guide.md, complete and explained line by line, into your own folder of \
      guides, where Usher finds them at once. What is there already is never overwritten.

      EXAMPLES
        usher guides new tea-house
        usher guides new tea-house --name "The Tea House" --mode BASIC
        usher guides new tea-house --in ./guides
      """)

  @Argument(help: "The provider's short name: a to z, 0 to 9 and hyphens.") var slug: String
  @Option(help: "The name that people know; made of the slug unless given.") var name: String?
  @Option(help: "How its credentials work.") var mode = AuthMode.apiKey
  @Option(
    name: .customLong("in"),
    help: ArgumentHelp("Write into this folder instead of your own one.", valueName: "dir"),
    completion: .directory)
  var folder: String?

  func perform() throws -> ExitCode {
    guard Provider.isSlug(slug) else {
      throw CommandError.usage(
        Explanation(
          what: "\(slug) cannot be a provider's short name",
          why: "it names a folder and every connection: a to z, 0 to 9 and hyphens",
          advice: "write it like tea-house; --name takes the full name"))
    }
    if let name, !GuidesNew.isName(name) {
      throw CommandError.usage(
        Explanation(
          what: "the name is not one line of 1 to 80 characters",
          advice: "write it as people know it, for example \"The Tea House\""))
    }
    let parent = try CatalogueSources.writableFolder(folder, option: "--in")
    let template = ProviderScaffold(slug: slug, displayName: name, mode: mode)
    let written = try NewFolder("\(parent)/\(slug)").write([
      ("provider.yaml", template.provider), ("guide.md", template.guide),
    ])
    report(written, below: parent)
    return .done
  }

  private static func isName(_ name: String) -> Bool {
    (1...80).contains(name.count) && name.contains { !$0.isWhitespace }
      && name.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
  }

  private func report(_ files: [String], below parent: String) {
    let connect = folder.map { "usher connect \(slug) --guides \($0)" } ?? "usher connect \(slug)"
    let lines =
      files.map { "Wrote \($0)" } + [
        "", "Next:", "  1. put in your service's own addresses, fields and steps",
        "  2. usher guides check \(parent)/\(slug)", "  3. \(connect)",
      ]
    Console.line(lines.joined(separator: "\n"))
  }
}
