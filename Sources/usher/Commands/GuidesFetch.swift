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
    let progress = WorkProgress(unit: "pages", isSilent: json || dryRun)
    let fetcher = GuideFetcher(options: network.checkOptions) { progress.show($0, of: $1) }
    let source = try waiting { try await fetcher.source(index) }
    let path =
      try to ?? "\(CatalogueSources.writableFolder(nil, option: "--to"))/\(source.folderName)"
    let folder = FetchedFolder(path)
    // The entries first: they are one file, and if they cannot be had no page needs to be asked for.
    if !dryRun { try saveProviders(in: folder, fetcher) }
    let patterns = only.isEmpty ? [.connectPages] : only.map { PagePattern($0) }
    let report = try waiting {
      try await fetcher.fetch(source, matching: patterns, into: folder, isDryRun: dryRun)
    }
    progress.end()
    let words = FetchWords(report, folder: folder)
    if json { Console.json(words.json) } else { Console.line(words.text) }
    return report.failures > 0 ? .failed : .done
  }

  private func saveProviders(in folder: FetchedFolder, _ fetcher: GuideFetcher) throws {
    guard let providers else { return }
    try waiting { try await fetcher.saveProviders(providers, in: folder) }
  }
}
