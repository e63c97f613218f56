internal import Basics
internal import GuideText
internal import ProviderFormat

/// Reads all providers of a folder, one after the other, for its index.
struct FolderReading {
  private let path: String
  private let layout: FolderLayout
  private var content = IndexContent()

  /// - Parameters:
  ///   - path: the folder as it was given, for findings.
  ///   - now: the clock that stamps files.
  static func content(
    of path: String, _ layout: FolderLayout, root: String, now: @Sendable () -> FileTime
  ) -> IndexContent {
    var reading = FolderReading(path: path, layout: layout)
    reading.content.root = root
    reading.content.providerFile = layout.providerFile
    reading.content.builtAt = now()
    if let folder = try? FileDescriptor.open(directory: path) { reading.read(folder) }
    return reading.content
  }

  private init(path: String, layout: FolderLayout) {
    self.path = path
    self.layout = layout
  }

  private mutating func read(_ folder: borrowing FileDescriptor) {
    switch layout {
    case .missing: break
    case .repository(let file): readRepository(file, folder)
    case .provider(let slug):
      content.stamps.append(folder.stamp(of: "."))
      readProvider(slug, in: "", folder)
    case .folders:
      content.stamps.append(folder.stamp(of: "."))
      guard let names = GuideFile.names(in: path) else {
        report(GuideFile.Problem.forbidden.finding(file: path))
        return
      }
      for name in names {
        let stamp = folder.stamp(of: name)
        guard stamp.kind == .directory else { continue }
        content.stamps.append(stamp)
        readProvider(name, in: "\(name)/", folder)
      }
    }
  }

  // MARK: A folder for each provider

  private mutating func readProvider(
    _ slug: String, in place: String, _ folder: borrowing FileDescriptor
  ) {
    var guide: String?
    for name in FolderLayout.guideNames(slug) where guide == nil {
      if folder.stamp(of: place + name).kind != .missing { guide = place + name }
    }
    if let guide { content.guides.append((slug, guide)) }
    for name in FolderLayout.providerNames(slug) {
      let stamp = folder.stamp(of: place + name)
      guard stamp.kind != .missing else { continue }
      content.stamps.append(stamp)
      let (entry, findings) = ProviderFile.entry(of: slug, inFile: "\(path)/\(place)\(name)")
      for finding in findings { report(finding) }
      if let entry {
        let summary = ProviderSummary(slug: slug, entry: entry.entry, line: entry.line)
        content.providers.append(IndexedProvider(summary, guide: guide, range: 0..<0))
      }
      return
    }
  }

  // MARK: One file of all providers

  private mutating func readRepository(_ name: String, _ folder: borrowing FileDescriptor) {
    content.stamps.append(folder.stamp(of: name))
    let tree = GuideTree(below: folder, at: path)
    content.stamps += tree.stamps
    content.guides = tree.guides.flatMap { slug, paths in paths.map { (slug, $0) } }
    let file = "\(path)/\(name)"
    let bytes: [UInt8]
    do throws(GuideFile.Problem) {
      bytes = try GuideFile.read(file, limit: ProviderFileParts.sizeLimit)
    } catch {
      report(error.finding(file: file))
      return
    }
    if let parts = ProviderFileParts(bytes), read(parts.parts, of: bytes, file, tree, folder) {
      return
    }
    content.providers = []
    content.findings = []
    let whole = ProviderFile(bytes, file: file)
    for finding in whole.findings { report(finding) }
    for entry in whole.entries { add(entry, 0..<0, tree, folder) }
  }

  /// Reads a file part by part. False when that does not do it justice.
  private mutating func read(
    _ parts: [ProviderFileParts.Part], of bytes: [UInt8], _ file: String, _ tree: GuideTree,
    _ folder: borrowing FileDescriptor
  ) -> Bool {
    let firsts = Dictionary(
      parts.enumerated().map { ($0.element.slug, $0.offset) },
      uniquingKeysWith: { first, _ in first })
    var reader = EntryReader(
      file: file, keeping: ProviderSummary.keys, part: { firsts[$0].map { parts[$0] } },
      bytes: { Array(bytes[$0]) })
    // A part that makes no sense alone may do so in its file. Found out once.
    var isBroken = false
    for (number, part) in parts.enumerated() {
      guard firsts[part.slug] == number else {
        report(ProviderFile.duplicate(part.slug, line: part.line, file: file))
        continue
      }
      do throws(EntryReader.Problem) {
        if let entry = try reader.entry(of: part) { add(entry, part.range, tree, folder) }
      } catch {
        if !isBroken, ProviderFile.isReadable(bytes, file: file) { return false }
        isBroken = true
        guard case .unreadable(let finding) = error else { continue }
        if !content.findings.contains(where: { $0.line == finding.line }) { report(finding) }
      }
    }
    for finding in reader.findings { report(finding) }
    return true
  }

  private mutating func add(
    _ entry: ProviderFile.Entry, _ range: Range<Int>, _ tree: GuideTree,
    _ folder: borrowing FileDescriptor
  ) {
    let summary = ProviderSummary(slug: entry.slug, entry: entry.entry, line: entry.line)
    let named = summary.docsConnect.flatMap(GuideTree.named)
    var guide = tree.guides[entry.slug]?.first
    if let file = named?.guide, exists(file, tree, folder) { guide = file }
    if let page = named?.page, exists(page, tree, folder), guide == nil { guide = page }
    content.providers.append(
      IndexedProvider(summary, guide: guide, namedGuide: named?.guide, range: range))
  }

  /// Whether a file is there; that it comes or goes will be noticed.
  private mutating func exists(
    _ file: String, _ tree: GuideTree, _ folder: borrowing FileDescriptor
  ) -> Bool {
    let stamp = folder.stamp(of: file)
    if !tree.notices(file, below: folder) { content.stamps.append(stamp) }
    return stamp.kind != .missing
  }

  /// An index does not know how its folder will be called next time.
  private mutating func report(_ finding: GuideFinding) {
    var finding = finding
    if finding.file == path {
      finding.file = ""
    } else if finding.file.hasPrefix(path + "/") {
      finding.file.removeFirst(path.count + 1)
    }
    content.findings.append(finding)
  }
}
