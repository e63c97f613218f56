internal import ArgumentParser
internal import Basics
internal import Checking
internal import GuideFetching

/// `usher guides update`
struct GuidesUpdate: UsherCommand {
  static let configuration = CommandConfiguration(
    commandName: "update",
    abstract: "Ask again for fetched guides, and tell what has changed.",
    discussion: """
      Only what has changed is sent. The version before is kept beside the guide; --diff shows the lines that \
      differ between the two.

      EXAMPLES
        usher guides update
        usher guides update tally
        usher guides update tally --diff
      """)

  @Argument(
    help: "A provider, or the name of a fetched folder; all of them unless told.",
    completion: .providers)
  var name: String?
  @Flag(help: "Show the lines in which each changed page differs from the version before.")
  var diff = false
  @Option(
    name: .customLong("in"),
    help: ArgumentHelp(
      "The folder that the guides were fetched into with --to.", valueName: "dir"),
    completion: .directory)
  var folder: String?
  @OptionGroup var network: NetworkOptions

  func perform() throws -> ExitCode {
    let folders = try foldersMeant()
    let progress = WorkProgress(unit: "pages", isSilent: false)
    let fetcher = GuideFetcher(options: network.checkOptions) { progress.show($0, of: $1) }
    var (failures, changes, count) = (0, 0, 0)
    for (folder, file) in folders {
      let report = try waiting {
        try await fetcher.update(folder) { file == nil || $0.file == file }
      }
      progress.end()
      for page in report.pages { printOutcome(page, folder) }
      failures += report.failures
      changes += report.count { $0 == .changed || $0 == .new }
      count += report.pages.count
    }
    Console.line(
      changes == 0 && failures == 0
        ? "\(count) \(count == 1 ? "guide is" : "guides are") as before."
        : "\(count) guides: \(changes) changed, \(failures) not to be had.")
    return failures > 0 ? .failed : .done
  }

  /// The folders to ask for, and the page in each where one is meant.
  private func foldersMeant() throws -> [(folder: FetchedFolder, file: String?)] {
    let all =
      folder.map { [FetchedFolder($0)] }
      ?? FetchedFolder.all(in: CatalogueSources.ownFolder() ?? "")
    let fetched = all.compactMap { folder in
      FetchRecord(of: folder.path).map { record in
        (folder: folder, file: name.flatMap { record.page(of: $0)?.file })
      }
    }
    guard !fetched.isEmpty else {
      throw CommandError.failed(
        Explanation(
          what: "nothing was fetched yet", why: "no folder of fetched guides is there",
          advice: "usher guides fetch ADDRESS fetches the guides of a documentation site"))
    }
    guard let name else { return fetched }
    let meant = fetched.filter { $0.file != nil || $0.folder.path.hasSuffix("/\(name)") }
    guard !meant.isEmpty else {
      throw CommandError.failed(
        Explanation(
          what: "no fetched guide is called \(name)", why: "no page was fetched for it",
          advice: "usher guides list shows where each guide is from"))
    }
    return meant
  }

  private func printOutcome(_ page: FetchReport.Page, _ folder: FetchedFolder) {
    switch page.outcome {
    case .failed(let sentence): Console.line("\(page.slug): \(sentence)")
    case .new: Console.line("\(page.slug): it was gone, and is there again.")
    case .changed: printChange(page, folder)
    case .unchanged where diff && name == page.slug: printChange(page, folder)
    case .unchanged, .planned: break
    }
  }

  private func printChange(_ page: FetchReport.Page, _ folder: FetchedFolder) {
    guard let changes = folder.changes(of: page.file, slug: page.slug) else { return }
    let sentences = changes.isEmpty ? "it reads as before" : changes.joined(separator: "; ")
    let since = page.outcome == .unchanged ? "since the version before, " : ""
    Console.line("\(page.slug): \(since)\(sentences).")
    guard diff, let (old, new) = folder.versions(of: page.file) else { return }
    let difference = LineDifference(
      from: String(decoding: old, as: UTF8.self), to: String(decoding: new, as: UTF8.self))
    Console.line(difference.lines.joined(separator: "\n"))
  }
}
