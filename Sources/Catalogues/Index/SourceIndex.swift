internal import Basics
internal import Glibc
internal import GuideText

/// The providers of one source, compiled: what lists, searches and look-ups need, without reading the files again.
///
/// A value over the bytes of an index. They are checked once, whole, when it is made; after that nothing is decoded but
/// what is asked for.
struct SourceIndex: Sendable {
  typealias Section = IndexFormat.Section

  let bytes: [UInt8]
  private let starts: [Int]
  private let counts: [Int]

  /// Nil when the bytes are not a whole index of this program's format.
  init?(_ bytes: [UInt8]) {
    guard let table = IndexCheck.table(of: bytes) else { return nil }
    self.bytes = bytes
    starts = table.starts
    counts = table.counts
    guard IndexCheck.holds(self) else { return nil }
  }

  init(_ content: IndexContent) {
    let bytes = IndexWriter.bytes(of: content)
    guard let index = SourceIndex(bytes) else {
      preconditionFailure("an index that was just written is whole")
    }
    self = index
  }

  /// How many providers there are.
  var count: Int { counts[Section.records.rawValue] }

  func count(of section: Section) -> Int { counts[section.rawValue] }

  /// Where an element of a section stands in the bytes.
  func offset(of number: Int, in section: Section) -> Int {
    precondition(number >= 0 && number < counts[section.rawValue])
    return starts[section.rawValue] + number * section.elementSize
  }

  // MARK: Texts

  func number<Number: FixedWidthInteger & BitwiseCopyable>(
    at offset: Int, _ type: Number.Type
  ) -> Number {
    unsafe bytes.span.bytes.number(at: offset, type)
  }

  func reference(at offset: Int) -> StringReference {
    StringReference(
      offset: number(at: offset, UInt32.self), length: number(at: offset + 4, UInt32.self))
  }

  /// Where a text stands in the bytes; nil for none.
  func range(of reference: StringReference) -> Range<Int>? {
    guard reference != .none else { return nil }
    let start = starts[Section.strings.rawValue] + Int(reference.offset)
    return start..<start + Int(reference.length)
  }

  func text(at offset: Int) -> String? {
    range(of: reference(at: offset)).map { String(decoding: bytes[$0], as: UTF8.self) }
  }

  // MARK: Header

  /// The folder, without symbolic links.
  var root: String { text(at: IndexFormat.Header.root) ?? "" }

  /// The one file of all providers, relative to the root.
  var providerFile: String? { text(at: IndexFormat.Header.providerFile) }

  var builtAt: FileTime {
    FileTime(
      seconds: number(at: IndexFormat.Header.builtSeconds, Int64.self),
      nanoseconds: number(at: IndexFormat.Header.builtNanoseconds, Int64.self))
  }

  // MARK: Providers

  private func record(_ number: Int, _ member: Int) -> Int {
    offset(of: number, in: .records) + member
  }

  private func number(_ record: Int, _ member: Int) -> UInt32 {
    number(at: self.record(record, member), UInt32.self)
  }

  func slug(_ number: Int) -> String { text(at: record(number, IndexFormat.Record.slug)) ?? "" }

  func slugRange(_ number: Int) -> Range<Int> {
    range(of: reference(at: record(number, IndexFormat.Record.slug))) ?? 0..<0
  }

  /// The folded texts that are searched, and that records are sorted by.
  func searchText(_ number: Int) -> Range<Int> {
    range(of: reference(at: record(number, IndexFormat.Record.searchText))) ?? 0..<0
  }

  func displayName(_ number: Int) -> String {
    text(at: record(number, IndexFormat.Record.name)) ?? ""
  }
  func domain(_ number: Int) -> String? { text(at: record(number, IndexFormat.Record.domain)) }
  func authMode(_ number: Int) -> String {
    text(at: record(number, IndexFormat.Record.authMode)) ?? ""
  }
  func guide(_ number: Int) -> String? { text(at: record(number, IndexFormat.Record.guide)) }
  func namedGuide(_ number: Int) -> String? {
    text(at: record(number, IndexFormat.Record.namedGuide))
  }
  func isPopular(_ number: Int) -> Bool { marks(number).contains(.popular) }
  /// Whether an account can be linked from here.
  func canBeLinked(_ number: Int) -> Bool { marks(number).contains(.linkable) }
  private func marks(_ number: Int) -> IndexFormat.Marks {
    IndexFormat.Marks(
      rawValue: self.number(at: record(number, IndexFormat.Record.marks), UInt64.self))
  }
  /// The hosts that the entry names, each on a line.
  func hosts(_ number: Int) -> [Substring] {
    (text(at: record(number, IndexFormat.Record.hosts)) ?? "").split(separator: "\n")
  }
  func line(_ number: Int) -> Int { Int(self.number(number, IndexFormat.Record.line)) }

  /// The bytes of the entry in the provider file; empty when it cannot be read alone.
  func entryRange(_ number: Int) -> Range<Int> {
    let start = Int(
      self.number(at: record(number, IndexFormat.Record.entryOffset), UInt64.self))
    return start..<start + Int(self.number(number, IndexFormat.Record.entryLength))
  }

  /// Where the numbers of a provider's categories stand in the section of lists.
  func categoryPlaces(_ number: Int) -> Range<Int> {
    let start = Int(self.number(number, IndexFormat.Record.categoriesStart))
    return start..<start + Int(self.number(number, IndexFormat.Record.categoriesCount))
  }

  func categoryNumber(at place: Int) -> Int {
    Int(number(at: offset(of: place, in: .categoryLists), UInt32.self))
  }

  func category(_ number: Int) -> String { text(at: offset(of: number, in: .categories)) ?? "" }

  func letters(_ number: Int) -> LetterMask {
    LetterMask(rawValue: self.number(at: offset(of: number, in: .letters), UInt64.self))
  }

  // MARK: Looking up

  /// The number of the provider with that slug, in UTF-8.
  func number(of slug: [UInt8]) -> Int? {
    firstIndex(in: count) { position in
      let number = Int(self.number(at: offset(of: position, in: .slugOrder), UInt32.self))
      return (compare(slugRange(number), to: slug), number)
    }
  }

  func number(of slug: String) -> Int? { number(of: Array(slug.utf8)) }

  /// The first guide that lies in a folder of that slug, relative to the root.
  func guidePath(of slug: String) -> String? {
    let slug = Array(slug.utf8)
    let found = firstIndex(in: count(of: .guides)) { position in
      let start = offset(of: position, in: .guides)
      return (compare(range(of: reference(at: start)) ?? 0..<0, to: slug), position)
    }
    return found.flatMap { text(at: offset(of: $0, in: .guides) + 8) }
  }

  /// Every guide by its slug and path.
  var guides: [(slug: String, path: String)] {
    (0..<count(of: .guides)).map { number in
      let start = offset(of: number, in: .guides)
      return (text(at: start) ?? "", text(at: start + 8) ?? "")
    }
  }

  /// The first position that compares equal, found by halving; `compare` gives what the caller wants of it.
  private func firstIndex(in count: Int, _ compare: (Int) -> (order: Int, result: Int)) -> Int? {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if compare(middle).order < 0 { low = middle + 1 } else { high = middle }
    }
    guard low < count else { return nil }
    let found = compare(low)
    return found.order == 0 ? found.result : nil
  }

  private func compare(_ range: Range<Int>, to other: [UInt8]) -> Int {
    unsafe bytes.span.bytes.extracting(range).order(before: other.span.bytes)
  }

  // MARK: Findings, stamps

  /// What was odd about the files; their names are relative to the root.
  var findings: [GuideFinding] {
    (0..<count(of: .findings)).map { number in
      let start = offset(of: number, in: .findings)
      return GuideFinding(
        severity: .init(number: self.number(at: start + 28, UInt32.self)) ?? .error,
        file: text(at: start) ?? "", line: Int(self.number(at: start + 24, UInt32.self)),
        message: text(at: start + 8) ?? "", advice: text(at: start + 16))
    }
  }

  /// Whether the files are as they were, seen from the open root, and were at rest when they were read.
  func isFresh(in root: borrowing FileDescriptor) -> Bool {
    let start = builtAt
    return (0..<count(of: .stamps)).allSatisfy { number in
      let stamp = stamp(number)
      guard stamp.isSettled(at: start),
        let path = range(of: reference(at: offset(of: number, in: .stamps)))
      else { return false }
      let descriptor = root.number
      return unsafe bytes[path].withUnsafeBufferPointer { path in
        unsafe path.withMemoryRebound(to: CChar.self) { path in
          guard let path = path.baseAddress else { return false }
          return unsafe FileFingerprint.look(at: path, in: descriptor).matches(stamp)
        }
      }
    }
  }

  /// Without its path.
  private func stamp(_ number: Int) -> FileFingerprint {
    let start = offset(of: number, in: .stamps)
    typealias Stamp = IndexFormat.Stamp
    return FileFingerprint(
      kind: .init(rawValue: self.number(at: start + Stamp.kind, UInt64.self)) ?? .other,
      changed: FileTime(
        seconds: self.number(at: start + Stamp.seconds, Int64.self),
        nanoseconds: self.number(at: start + Stamp.nanoseconds, Int64.self)),
      size: self.number(at: start + Stamp.bytes, UInt64.self),
      inode: self.number(at: start + Stamp.inode, UInt64.self))
  }

  /// The stamp of a file, as it was when it was read.
  func stamp(of path: String) -> FileFingerprint? {
    (0..<count(of: .stamps)).first { text(at: offset(of: $0, in: .stamps)) == path + "\0" }
      .map(stamp)
  }
}

extension RawSpan {
  /// Negative when these bytes stand before the others, 0 when they are equal.
  func order(before other: borrowing RawSpan) -> Int {
    let common = Swift.min(byteCount, other.byteCount)
    var offset = 0
    while offset < common {
      let (a, b) = (self[offset], other[offset])
      if a != b { return Int(a) - Int(b) }
      offset += 1
    }
    return byteCount - other.byteCount
  }
}
