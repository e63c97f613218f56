internal import Basics
internal import GuideText
internal import ProviderFormat

/// What an index says about one provider.
struct IndexedProvider {
  var slug: String
  var displayName: String
  var categories: [String]
  var authMode: String
  var canBeLinked: Bool
  var domain: String?
  var hosts: [String]
  /// The guide in the same folder, relative to it.
  var guide: String?
  /// Where `docs_connect` says that the guide is, whether it is there or not; relative.
  var namedGuide: String?
  /// The bytes of its entry; empty where an entry cannot be read without the rest of its file.
  var range: Range<Int>
  /// One-based line of the slug.
  var line: Int

  init(
    _ summary: ProviderSummary, guide: String? = nil, namedGuide: String? = nil, range: Range<Int>
  ) {
    slug = summary.slug
    displayName = summary.displayName
    categories = summary.categories
    authMode = summary.authMode.rawValue
    canBeLinked = summary.canBeLinked
    domain = summary.domain
    hosts = summary.hosts
    self.guide = guide
    self.namedGuide = namedGuide
    self.range = range
    line = summary.line
  }
}

/// Everything that an index holds, in no particular order.
struct IndexContent {
  /// The folder, without symbolic links; empty for what is built in.
  var root = ""
  /// The one file of all providers, relative; nil where each has a folder of its own.
  var providerFile: String?
  var providers: [IndexedProvider] = []
  /// Paths of guides, relative, by the slug of their folder; also guides that no provider here uses.
  var guides: [(slug: String, path: String)] = []
  /// Their files are relative to the root.
  var findings: [GuideFinding] = []
  var stamps: [FileFingerprint] = []
  /// When reading began.
  var builtAt = FileTime(seconds: 0, nanoseconds: 0)
}

/// Writes an index. The same content gives the same bytes.
struct IndexWriter {
  private var sections = [[UInt8]](repeating: [], count: IndexFormat.Section.allCases.count)
  private var known: [String: StringReference] = [:]
  private var categories: [String: UInt32] = [:]

  static func bytes(of content: IndexContent) -> [UInt8] {
    var writer = IndexWriter()
    let root = writer.text(content.root)
    let providerFile = writer.text(content.providerFile)
    writer.add(content.providers)
    let guides = content.guides.sorted { a, b in
      a.slug == b.slug ? a.path < b.path : a.slug.utf8.lexicographicallyPrecedes(b.slug.utf8)
    }
    for guide in guides {
      let slug = writer.text(guide.slug)
      let path = writer.text(guide.path)
      writer.append(slug, to: .guides)
      writer.append(path, to: .guides)
    }
    for finding in content.findings { writer.add(finding) }
    for stamp in content.stamps { writer.add(stamp) }
    return writer.assembled(root: root, providerFile: providerFile, builtAt: content.builtAt)
  }

  private mutating func add(_ providers: [IndexedProvider]) {
    var seen: Set<String> = []
    let unique = providers.filter { seen.insert($0.slug).inserted }
    let texts = unique.map { SearchText.of(name: $0.displayName, slug: $0.slug) }
    let order = unique.indices.sorted { a, b in
      let order = IndexWriter.order(texts[a], before: texts[b])
      return order == 0
        ? unique[a].slug.utf8.lexicographicallyPrecedes(unique[b].slug.utf8) : order < 0
    }
    for index in order { add(unique[index], texts[index]) }
    let slugs = order.map { Array(unique[$0].slug.utf8) }
    let bySlug = slugs.indices.sorted { IndexWriter.order(slugs[$0], before: slugs[$1]) < 0 }
    for number in bySlug {
      append(UInt32(number), to: .slugOrder)
    }
  }

  private mutating func add(_ provider: IndexedProvider, _ searchText: [UInt8]) {
    let listStart = UInt32(sections[IndexFormat.Section.categoryLists.rawValue].count / 4)
    var letters = LetterMask(of: searchText)
    for category in provider.categories {
      append(number(ofCategory: category), to: .categoryLists)
      letters.formUnion(LetterMask(of: SearchText.folded(category)))
    }
    append(letters.rawValue, to: .letters)
    let references = [
      text(provider.slug), text(provider.displayName), append(searchText),
      text(provider.domain), shared(provider.authMode), text(provider.guide),
      text(provider.namedGuide),
    ]
    for reference in references { append(reference, to: .records) }
    append(listStart, to: .records)
    append(UInt32(provider.categories.count), to: .records)
    append(UInt64(provider.range.lowerBound), to: .records)
    append(UInt32(clamping: provider.range.count), to: .records)
    append(UInt32(clamping: provider.line), to: .records)
    var marks: IndexFormat.Marks = []
    if provider.categories.contains("popular") { marks.insert(.popular) }
    if provider.canBeLinked { marks.insert(.linkable) }
    append(marks.rawValue, to: .records)
    append(text(provider.hosts.joined(separator: "\n")), to: .records)
  }

  private mutating func number(ofCategory name: String) -> UInt32 {
    if let number = categories[name] { return number }
    let number = UInt32(categories.count)
    categories[name] = number
    let reference = text(name)
    append(reference, to: .categories)
    return number
  }

  private mutating func add(_ finding: GuideFinding) {
    let references = [text(finding.file), text(finding.message), text(finding.advice)]
    for reference in references { append(reference, to: .findings) }
    append(UInt32(clamping: finding.line), to: .findings)
    append(finding.severity.number, to: .findings)
  }

  private mutating func add(_ stamp: FileFingerprint) {
    // The system wants a zero behind a path, so that it can be looked at where it stands.
    let reference = append(Array(stamp.path.utf8) + [0])
    append(reference, to: .stamps)
    append(stamp.kind.rawValue, to: .stamps)
    append(stamp.changed.seconds, to: .stamps)
    append(stamp.changed.nanoseconds, to: .stamps)
    append(stamp.size, to: .stamps)
    append(stamp.inode, to: .stamps)
  }

  // MARK: Bytes

  /// The order in which an index is searched.
  private static func order(_ text: [UInt8], before other: [UInt8]) -> Int {
    unsafe text.span.bytes.order(before: other.span.bytes)
  }

  private mutating func append(_ number: some FixedWidthInteger, to section: IndexFormat.Section) {
    sections[section.rawValue].append(littleEndian: number)
  }

  private mutating func append(_ reference: StringReference, to section: IndexFormat.Section) {
    append(reference.offset, to: section)
    append(reference.length, to: section)
  }

  private mutating func append(_ bytes: [UInt8]) -> StringReference {
    let strings = IndexFormat.Section.strings.rawValue
    guard let offset = UInt32(exactly: sections[strings].count),
      let length = UInt32(exactly: bytes.count), offset < .max
    else { return .none }
    sections[strings] += bytes
    return StringReference(offset: offset, length: length)
  }

  private mutating func text(_ text: String?) -> StringReference {
    guard let text else { return .none }
    return append(Array(text.utf8))
  }

  /// A text that many records share.
  private mutating func shared(_ text: String) -> StringReference {
    if let reference = known[text] { return reference }
    let reference = self.text(text)
    known[text] = reference
    return reference
  }

  private func assembled(
    root: StringReference, providerFile: StringReference, builtAt: FileTime
  ) -> [UInt8] {
    var body: [UInt8] = []
    let length = IndexFormat.Header.size + sections.reduce(0) { $0 + $1.count }
    body.reserveCapacity(length)
    body.append(littleEndian: UInt64(length))
    body.append(littleEndian: builtAt.seconds)
    body.append(littleEndian: builtAt.nanoseconds)
    for reference in [root, providerFile] {
      body.append(littleEndian: reference.offset)
      body.append(littleEndian: reference.length)
    }
    var offset = IndexFormat.Header.size
    for (section, bytes) in zip(IndexFormat.Section.allCases, sections) {
      body.append(littleEndian: UInt64(offset))
      body.append(littleEndian: UInt64(bytes.count / section.elementSize))
      offset += bytes.count
    }
    for bytes in sections { body += bytes }
    var file: [UInt8] = []
    file.reserveCapacity(length)
    file.append(littleEndian: IndexFormat.magic)
    file.append(littleEndian: IndexFormat.schema)
    file.append(littleEndian: unsafe IndexFormat.checksum(of: body.span.bytes))
    return file + body
  }
}

extension [UInt8] {
  fileprivate mutating func append(littleEndian number: some FixedWidthInteger) {
    unsafe Swift.withUnsafeBytes(of: number.littleEndian) { unsafe append(contentsOf: $0) }
  }
}

extension GuideFinding.Severity {
  var number: UInt32 {
    switch self {
    case .note: 0
    case .warning: 1
    case .error: 2
    }
  }

  init?(number: UInt32) {
    switch number {
    case 0: self = .note
    case 1: self = .warning
    case 2: self = .error
    default: return nil
    }
  }
}
