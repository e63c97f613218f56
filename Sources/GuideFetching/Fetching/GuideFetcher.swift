internal import Basics
package import Checking
internal import GuideText
internal import ProviderFormat

/// Fetches the guides that a documentation site publishes: finds them by the site's index, asks for each, and keeps them
/// in a folder that the catalogue reads. Nothing that a page says changes what is fetched.
package struct GuideFetcher: Sendable {
  /// Pages of one fetch: more than any site has, and a bound for an index that never ends.
  package static let pageLimit = 10_000

  private let options: CheckOptions
  private let progress: @Sendable (_ finished: Int, _ all: Int) -> Void

  /// - Parameters:
  ///   - options: the limits of one page, and whom to trust.
  ///   - progress: called from any thread, after each page.
  package init(
    options: CheckOptions,
    progress: @escaping @Sendable (_ finished: Int, _ all: Int) -> Void = { _, _ in }
  ) {
    self.options = options
    self.progress = progress
  }

  /// An index that has been read.
  package struct Source: Sendable {
    /// Its address, or the path of its file.
    package let name: String
    /// The site that its pages may stand on.
    let site: WebAddress
    let index: DocumentationIndex

    /// What the site's guides are kept under.
    package var folderName: String { FetchedFolder.name(for: site.origin) }
  }

  /// Reads the index of a site.
  /// - Parameter name: the address of an `llms.txt`, or of a site that has one; or the path of a file of one.
  package func source(_ name: String) async throws(FetchError) -> Source {
    if GuideFile.exists(name), !GuideFile.isDirectory(name) { return try fileSource(name) }
    guard let address = Self.indexAddress(name) else {
      throw .source(
        Explanation(
          what: "\(name) is neither a web address nor a file",
          advice: "give the address of a documentation site or of its index: "
            + "https://docs.example.com/llms.txt"))
    }
    let bytes = try await download(address, limit: DocumentationIndex.sizeLimit)
    let index = DocumentationIndex(bytes)
    guard !index.entries.isEmpty else { throw Self.isEmpty(address.text) }
    return Source(name: address.shortText, site: address, index: index)
  }

  private func fileSource(_ path: String) throws(FetchError) -> Source {
    let bytes: [UInt8]
    do throws(GuideFile.Problem) {
      bytes = try GuideFile.read(path, limit: DocumentationIndex.sizeLimit)
    } catch {
      let finding = error.finding(file: path)
      throw .source(
        Explanation(what: "cannot read \(path)", why: finding.message, advice: finding.advice))
    }
    let index = DocumentationIndex(bytes)
    guard !index.entries.isEmpty else { throw Self.isEmpty(path) }
    guard let site = index.entries.lazy.compactMap({ WebAddress($0.address) }).first else {
      throw .source(
        Explanation(
          what: "\(path) does not say which site it is the index of",
          why: "none of its links is a whole address",
          advice: "give the index's address instead of the file"))
    }
    return Source(name: path, site: site, index: index)
  }

  /// `docs.example.com`, `https://docs.example.com/guides` and `https://docs.example.com/llms.txt` are all meant.
  private static func indexAddress(_ name: String) -> WebAddress? {
    let text = name.contains("://") ? name : "https://\(name)"
    guard let address = WebAddress(text),
      address.origin.host.contains(".") || name != text
        || address.origin.host == "localhost"
    else { return nil }
    let path = address.target.prefix { $0 != "?" }
    if path.hasSuffix(".txt") || path.hasSuffix(".md") { return address }
    let folder = path.hasSuffix("/") ? path : path + "/"
    return WebAddress(origin: address.origin, target: "\(folder)llms.txt")
  }

  private static func isEmpty(_ name: String) -> FetchError {
    .source(
      Explanation(
        what: "\(name) names no pages", why: "an index lists them as - [Title](address)",
        advice: "look at it in a browser; another address may be the index"))
  }

  /// A whole file from the network.
  package func download(_ address: WebAddress, limit: Int) async throws(FetchError) -> [UInt8] {
    var options = options
    options.limits.body = limit
    options.limits.bodies = limit
    let transport = PageTransport(host: address.origin.host, options: options)
    let answer: PageTransport.Answer
    do throws(PageTransport.Failure) {
      answer = try await transport.get(
        address, headers: [("accept", "text/plain, text/markdown, */*")])
      await transport.close()
    } catch {
      await transport.close()
      throw Self.cannotGet(address, error.sentence)
    }
    guard answer.status == 200 else {
      throw Self.cannotGet(address, "It answered \(answer.status).")
    }
    if let title = answer.webPageTitle {
      throw Self.cannotGet(address, "It is a web page\(title).")
    }
    if let cut = answer.cut { throw Self.cannotGet(address, cut) }
    return answer.body
  }

  /// - Parameter sentence: why, with a period.
  private static func cannotGet(_ address: WebAddress, _ sentence: String) -> FetchError {
    let why = String(sentence.dropLast()).withoutCapital
    return .source(
      Explanation(
        what: "cannot get \(address.shortText)", why: why,
        advice: "check the address; nothing that was fetched before is lost"))
  }

  /// One page as Markdown.
  package func page(at address: PageAddress) async throws(FetchError) -> [UInt8] {
    let transport = PageTransport(host: address.page.origin.host, options: options)
    let question = PageQuestion(address: address, entityTag: nil) { time in
      try? await Task.sleep(for: time)
    }
    let answer = await question.ask(transport)
    await transport.close()
    switch answer {
    case .page(let bytes, _): return bytes
    case .failed(let sentence): throw Self.cannotGet(address.page, sentence)
    case .unchanged: throw Self.cannotGet(address.page, "It answered 304.")
    }
  }

  /// Fetches the pages of an index that fit one of the patterns.
  ///
  /// - Parameters:
  ///   - patterns: the pages to take.
  ///   - isDryRun: whether to say only what would be asked for.
  package func fetch(
    _ source: Source, matching patterns: [PagePattern], into folder: FetchedFolder,
    isDryRun: Bool = false
  ) async throws(FetchError) -> FetchReport {
    var report = FetchReport()
    var items: [PageQueue.Item] = []
    var files: Set<String> = []
    report.listed = source.index.entries.count
    for entry in source.index.entries {
      guard let address = PageAddress(entry.address, relativeTo: source.site) else { continue }
      guard patterns.contains(where: { $0.matches(address.path) }) else { continue }
      guard address.page.origin == source.site.origin else {
        report.elsewhere += 1
        continue
      }
      guard let file = address.file, let slug = address.slug, files.insert(file).inserted else {
        continue
      }
      items.append(.init(address: address, file: file))
      report.pages.append(
        .init(
          title: entry.title, slug: slug, file: file, address: address.page.shortText,
          outcome: .planned))
    }
    guard items.count <= Self.pageLimit else {
      throw .source(
        Explanation(
          what: "\(source.name) names \(items.count) pages that fit",
          why: "more than \(Self.pageLimit) are not fetched at once",
          advice: "name fewer with --only"))
    }
    if isDryRun { return report }
    var record = FetchRecord(of: folder.path) ?? FetchRecord(index: source.name)
    record.index = source.name
    let outcomes = try await run(items, folder, record)
    for number in outcomes.indices { report.pages[number].outcome = outcomes[number] }
    try ensureLayout(of: folder)
    return report
  }

  /// A folder has the layout of a checkout by its file of entries, also where there are none yet.
  private func ensureLayout(of folder: FetchedFolder) throws(FetchError) {
    guard !folder.hasProviders else { return }
    let text = "# Entries of providers: usher guides fetch with --providers puts them here.\n{}\n"
    do throws(FetchedFolder.Failure) {
      try folder.write(providers: Array(text.utf8))
    } catch {
      throw .folder(error.explanation)
    }
  }

  /// Asks again for pages that were fetched before.
  /// - Parameter isMeant: which of the record's pages; all of them unless told.
  package func update(
    _ folder: FetchedFolder, where isMeant: (FetchRecord.Page) -> Bool = { _ in true }
  ) async throws(FetchError) -> FetchReport {
    guard let record = FetchRecord(of: folder.path) else { return FetchReport() }
    var report = FetchReport()
    var items: [PageQueue.Item] = []
    for page in record.pages where isMeant(page) {
      guard let address = PageAddress(page.address), let slug = address.slug else { continue }
      items.append(.init(address: address, file: page.file))
      report.pages.append(
        .init(
          title: slug, slug: slug, file: page.file, address: address.page.shortText,
          outcome: .planned))
    }
    report.listed = items.count
    let outcomes = try await run(items, folder, record)
    for number in outcomes.indices { report.pages[number].outcome = outcomes[number] }
    return report
  }

  private func run(
    _ items: [PageQueue.Item], _ folder: FetchedFolder, _ record: FetchRecord
  ) async throws(FetchError) -> [FetchReport.Outcome] {
    let queue = PageQueue(
      items, into: folder, record: record, options: options, progress: progress)
    do throws(FetchedFolder.Failure) {
      return try await queue.run()
    } catch {
      throw .folder(error.explanation)
    }
  }
}
