internal import ArgumentParser
internal import Basics
internal import Catalogues
internal import Checking
internal import GuideFetching
internal import ProviderFormat

/// `usher guides fetch`
struct GuidesFetch: UsherCommand {
  static let configuration = CommandConfiguration(
    commandName: "fetch",
    abstract: "Fetch the guides that a documentation site publishes.",
    discussion: """
      Reads the site's index (llms.txt), asks for each page that fits as Markdown, and keeps the pages in a folder \
      where Usher finds them at once. Run it again to go on after an interruption, or to bring pages up to date. \
      Pages are text: no link of theirs is followed.

      EXAMPLES
        usher guides fetch https://docs.example.com
        usher guides fetch https://docs.example.com/llms.txt --only 'tally/connect'
        usher guides fetch docs.example.com --providers ./providers.yaml
        usher guides fetch docs.example.com --dry-run
      """)

  @Argument(help: "The address of a site or of its llms.txt, or a file of one.")
  var index: String
  @Option(
    help: ArgumentHelp("Keep the pages in this folder instead of your own one.", valueName: "dir"),
    completion: .directory)
  var to: String?
  @Option(
    help: ArgumentHelp(
      "Only pages whose path ends like this: * is any letters, ** any folders. Can be repeated; "
        + "connect unless told.", valueName: "glob"))
  var only: [String] = []
  @Option(
    help: ArgumentHelp(
      "The entries of the guides' providers: a providers.yaml, or the address of one.",
      valueName: "file"), completion: .file())
  var providers: String?
  @Flag(help: "Say what would be fetched, and write nothing.") var dryRun = false
  @Flag(help: "Print JSON: each page and what became of it.") var json = false
  @OptionGroup var network: NetworkOptions

  func perform() throws -> ExitCode {
    let progress = FetchProgress(isSilent: json || dryRun)
    let fetcher = GuideFetcher(options: network.checkOptions, progress: progress.show)
    let source = try waiting { try await fetcher.source(index) }
    guard let path = to ?? CatalogueSources.ownFolder().map({ "\($0)/\(source.folderName)" }) else {
      throw CommandError.usage(
        Explanation(
          what: "there is no folder of your own for guides",
          why: "neither HOME nor XDG_CONFIG_HOME says where it is",
          advice: "name a folder with --to"))
    }
    let folder = FetchedFolder(path)
    // The entries first: they are one file, and if they cannot be had no page needs to be asked for.
    if !dryRun { try keepProviders(in: folder, fetcher) }
    let patterns = only.isEmpty ? [.connectPages] : only.map { PagePattern($0) }
    let report = try waiting {
      try await fetcher.fetch(source, matching: patterns, into: folder, isDryRun: dryRun)
    }
    progress.end()
    let words = FetchWords(report, folder: folder)
    if json { Console.json(words.json) } else { Console.line(words.text) }
    return report.failures > 0 ? .failed : .done
  }

  private func keepProviders(in folder: FetchedFolder, _ fetcher: GuideFetcher) throws {
    guard let providers else { return }
    try waiting { try await fetcher.keepProviders(providers, in: folder) }
  }
}

/// What became of each page, in words and as JSON.
struct FetchWords {
  private let report: FetchReport
  private let folder: FetchedFolder
  /// Slugs without an entry in any source.
  private let withoutEntry: [String]

  init(_ report: FetchReport, folder: FetchedFolder) {
    self.report = report
    self.folder = folder
    let catalogue = CatalogueSources.catalogue(adding: nil, fetched: folder.path)
    withoutEntry = report.pages.map(\.slug).filter { catalogue.provider($0) == nil }
  }

  /// One line for each page that is told of, then what all of it comes to.
  var text: String {
    var lines: [String] = []
    for page in report.pages {
      switch page.outcome {
      case .failed(let sentence): lines.append("\(page.slug): \(sentence) (\(page.address))")
      case .planned: lines.append("\(page.slug): \(page.address)")
      case .changed: lines.append("\(page.slug): changed")
      case .new, .unchanged: break
      }
    }
    return (lines + [summary] + notes).joined(separator: "\n")
  }

  private var summary: String {
    let planned = report.count { $0 == .planned }
    if planned > 0 || report.pages.isEmpty {
      return report.pages.isEmpty
        ? "None of the \(report.listed) pages of the index fits."
        : "\(planned) of the \(report.listed) pages of the index would be fetched into \(folder.path)."
    }
    let parts = [
      (report.count { $0 == .new }, "new"), (report.count { $0 == .changed }, "changed"),
      (report.count { $0 == .unchanged }, "as before"), (report.failures, "not to be had"),
    ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    return "\(report.pages.count) pages in \(folder.path): \(parts.joined(separator: ", "))."
  }

  private var notes: [String] {
    var notes: [String] = []
    if report.elsewhere > 0 {
      notes.append("\(report.elsewhere) pages stand on other sites and were left out.")
    }
    if !withoutEntry.isEmpty {
      let names = withoutEntry.prefix(3).joined(separator: ", ")
      let more = withoutEntry.count > 3 ? " and \(withoutEntry.count - 3) more" : ""
      notes.append(
        "No provider's entry is known for \(names)\(more): their guides can be read and not linked "
          + "with; --providers FILE adds the entries.")
    }
    return notes
  }

  var json: Value {
    .map([
      ("folder", .string(folder.path)), ("listed", .int(report.listed)),
      ("elsewhere", .int(report.elsewhere)),
      ("pages", .list(report.pages.map(json))),
    ])
  }

  private func json(_ page: FetchReport.Page) -> Value {
    let outcome: String
    var reason: String?
    switch page.outcome {
    case .new: outcome = "new"
    case .changed: outcome = "changed"
    case .unchanged: outcome = "unchanged"
    case .planned: outcome = "planned"
    case .failed(let sentence): (outcome, reason) = ("failed", sentence)
    }
    return .map([
      ("slug", .string(page.slug)), ("title", .string(page.title)),
      ("address", .string(page.address)), ("file", .string(page.file)),
      ("outcome", .string(outcome)), ("reason", .optional(reason)),
      ("has_entry", .bool(!withoutEntry.contains(page.slug))),
    ])
  }
}
