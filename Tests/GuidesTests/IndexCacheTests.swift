import Basics
import Catalogues
import FoundationEssentials
import TestSupport
import Testing

@testable import Catalogues
@testable import GuideText
@testable import ProviderFormat

/// The file of an index: what happens when it is damaged, forged, or in a place that cannot be trusted.
@Suite("The file of an index")
struct IndexCacheTests {
  @Test func `a damaged index gives the same answers, wherever it is damaged`() throws {
    let folder = TemporaryDirectory()
    let home = TemporaryDirectory()
    try IndexFixture.fill(folder)
    let plain = IndexFixture.answers(IndexFixture.catalogue(folder, nil))
    _ = IndexFixture.catalogue(folder, IndexFixture.cache(home)).entries
    let file = try IndexFixture.indexFile(home)
    let whole = try #require(TextFile.read(file))
    for position in whole.indices {
      var damaged = whole
      damaged[position] ^= 0x41
      #expect(SourceIndex(damaged) == nil, "byte \(position)")
      #expect(SourceIndex(Array(whole[..<position])) == nil, "cut at \(position)")
    }
    for damaged in [[], Array(whole.dropLast()), whole + [0], Array("not an index".utf8)] {
      TextFile.write(damaged, to: file)
      #expect(
        IndexFixture.answers(IndexFixture.catalogue(folder, IndexFixture.cache(home))) == plain)
      #expect(TextFile.read(file)?.count == whole.count)
    }
  }

  @Test func `an index whose checksum was mended does not lead out of itself`() throws {
    let folder = TemporaryDirectory()
    try IndexFixture.fill(folder)
    let content = FolderReading.content(
      of: folder.path, .repository(file: IndexFixture.repository), root: folder.path,
      now: FileTime.now)
    let whole = IndexWriter.bytes(of: content)
    let header = IndexFormat.Header.self
    for position in header.length..<whole.count {
      for value in [0x7F, 0xFF] as [UInt8] {
        var forged = whole
        forged[position] = value
        Self.seal(&forged)
        guard let index = SourceIndex(forged) else { continue }
        let listed = MergedProviders([.init(index: index, origin: .builtIn, path: nil)])
        _ = listed.entries.map(\.displayName)
        _ = listed.search("tea").count
        _ = (index.findings, index.guides, index.guidePath(of: "tea"))
        if let open = try? FileDescriptor.open(directory: folder.path) {
          _ = index.isFresh(in: open)
        }
      }
    }
  }

  @Test func `counts beyond the file are refused before anything is made of them`() {
    let whole = IndexWriter.bytes(of: IndexContent(root: "/guides"))
    let header = IndexFormat.Header.self
    for section in IndexFormat.Section.allCases {
      for count in [1 << 32, Int64.max, -1] {
        var forged = whole
        Self.put(
          UInt64(bitPattern: count), at: header.sections + section.rawValue * 16 + 8, &forged)
        Self.seal(&forged)
        #expect(SourceIndex(forged) == nil)
      }
    }
  }

  @Test func `a slug that is hidden by an index which does not find it is not there`() {
    func content(_ slugs: [String]) -> IndexContent {
      let providers = slugs.map { slug in
        Provider(slug: slug, displayName: slug, authMode: .apiKey, origin: .builtIn)
      }
      return IndexContent(
        providers: providers.map { IndexedProvider(ProviderSummary($0), range: 0..<0) })
    }
    var forged = IndexWriter.bytes(of: content(["cup", "tea"]))
    if let index = SourceIndex(forged) {
      forged[index.offset(of: 0, in: .slugOrder)] = 1
      Self.seal(&forged)
    }
    let lower = SourceIndex(content(["cup", "saucer", "tea"]))
    let listed = MergedProviders(
      [lower, SourceIndex(forged)].compactMap { $0 }.map {
        .init(index: $0, origin: .builtIn, path: nil)
      })
    #expect(listed.sources.count == 2)
    #expect(listed.position(of: "cup") == nil)
    #expect(listed.position(of: "saucer") != nil)
  }

  private static func put(_ number: UInt64, at place: Int, _ bytes: inout [UInt8]) {
    for byte in 0..<8 { bytes[place + byte] = UInt8(truncatingIfNeeded: number >> (8 * byte)) }
  }

  /// Mends the checksum.
  private static func seal(_ bytes: inout [UInt8]) {
    let covered = Array(bytes[IndexFormat.Header.length...])
    put(
      unsafe IndexFormat.checksum(of: covered.span.bytes), at: IndexFormat.Header.checksum, &bytes)
  }

  @Test func `the format's number changes with the format`() {
    var content = IndexContent(root: "/guides", providerFile: "providers.yaml")
    content.providers = [
      IndexedProvider(
        ProviderSummary(
          Provider(
            slug: "tea", displayName: "Café", categories: ["food"], authMode: .apiKey,
            origin: .builtIn)),
        guide: "docs/tea/connect.mdx", range: 3..<9)
    ]
    content.findings = [.init(severity: .note, file: "f", line: 2, message: "m", advice: nil)]
    let bytes = IndexWriter.bytes(of: content)
    let sum = unsafe IndexFormat.checksum(of: bytes.span.bytes)
    #expect(IndexFormat.schema == 3)
    #expect(
      String(sum, radix: 16) == "30da9dc8d2cd63af",
      "raise IndexFormat.schema together with this number")
  }

  // MARK: The cache's directory

  @Test func `an index is kept for its owner alone, outside of the folder`() throws {
    let folder = TemporaryDirectory()
    let home = TemporaryDirectory()
    try IndexFixture.fill(folder)
    let before = try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
    _ = IndexFixture.catalogue(folder, IndexFixture.cache(home)).entries
    #expect(try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted() == before)
    let names = try FileManager.default.contentsOfDirectory(atPath: home.file("cache/usher"))
    #expect(names.count == 1)
    for (path, mode) in [
      (try IndexFixture.indexFile(home), 0o600), (home.file("cache/usher"), 0o700),
    ] {
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      #expect("\(try #require(attributes[.posixPermissions]))" == "\(mode)")
    }
  }

  @Test func `a cache that cannot be used changes no answer`() throws {
    let folder = TemporaryDirectory()
    let home = TemporaryDirectory()
    try IndexFixture.fill(folder)
    let plain = IndexFixture.answers(IndexFixture.catalogue(folder, nil))
    try home.write("a file", to: "cache")
    #expect(IndexFixture.answers(IndexFixture.catalogue(folder, IndexFixture.cache(home))) == plain)
    #expect(
      IndexFixture.answers(IndexFixture.catalogue(folder, IndexCache(directory: "relative")))
        == plain)
    #expect(!FileManager.default.fileExists(atPath: "relative"))
    #expect(
      IndexFixture.answers(IndexFixture.catalogue(folder, IndexCache(directory: "/proc/none")))
        == plain)
  }

  @Test func `a directory that others can write to, and a link in place of a file, are not used`()
    throws
  {
    let folder = TemporaryDirectory()
    let home = TemporaryDirectory()
    try IndexFixture.fill(folder)
    _ = IndexFixture.catalogue(folder, IndexFixture.cache(home)).entries
    let file = try IndexFixture.indexFile(home)
    let moved = home.file("moved")
    try FileManager.default.moveItem(atPath: file, toPath: moved)
    try FileManager.default.createSymbolicLink(atPath: file, withDestinationPath: moved)
    #expect(IndexFixture.cache(home).index(of: FilePath.canonical(folder.path)) == nil)
    _ = IndexFixture.catalogue(folder, IndexFixture.cache(home)).entries
    #expect(IndexFixture.cache(home).index(of: FilePath.canonical(folder.path)) != nil)
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o777], ofItemAtPath: home.file("cache/usher"))
    #expect(IndexFixture.cache(home).index(of: FilePath.canonical(folder.path)) == nil)
  }

  @Test func `many at once make one whole index`() async throws {
    let folder = TemporaryDirectory()
    let home = TemporaryDirectory()
    try IndexFixture.fill(folder)
    let (path, cache) = (folder.path, IndexFixture.cache(home))
    let counts = await withTaskGroup(of: Int.self) { group in
      for _ in 0..<8 {
        group.addTask { Catalogue(sources: [.namedFolder(path)], cache: cache).entries.count }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(counts == Array(repeating: 3, count: 8))
    #expect(IndexFixture.cache(home).index(of: FilePath.canonical(folder.path))?.count == 3)
  }

  @Test func `indices of folders that nobody uses any more go`() throws {
    let home = TemporaryDirectory()
    for number in 0..<40 {
      let content = IndexContent(root: "/gone/\(number)")
      IndexFixture.cache(home).save(SourceIndex(content))
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: home.file("cache/usher"))
    #expect(names.count < 30)
    #expect(IndexFixture.cache(home).index(of: "/gone/39") != nil)
  }
}
