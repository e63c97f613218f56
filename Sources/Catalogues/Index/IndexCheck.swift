/// Decides whether bytes are a whole index. Whatever passes can be read without further care: every place that the
/// index refers to is inside of it.
enum IndexCheck {
  struct Table {
    var starts: [Int]
    var counts: [Int]
  }

  /// The header and its table of sections, which fill the file without gaps.
  static func table(of bytes: [UInt8]) -> Table? {
    typealias Header = IndexFormat.Header
    let span = unsafe bytes.span.bytes
    guard bytes.count >= Header.size, bytes.count <= IndexFormat.sizeLimit,
      span.number(at: Header.magic, UInt64.self) == IndexFormat.magic,
      span.number(at: Header.schema, UInt64.self) == IndexFormat.schema,
      span.number(at: Header.length, UInt64.self) == UInt64(bytes.count),
      span.number(at: Header.checksum, UInt64.self)
        == IndexFormat.checksum(of: span.extracting(Header.length..<bytes.count))
    else { return nil }
    var table = Table(starts: [], counts: [])
    var end = Header.size
    for section in IndexFormat.Section.allCases {
      let place = Header.sections + section.rawValue * 16
      guard span.number(at: place, UInt64.self) == UInt64(end),
        let count = Int(exactly: span.number(at: place + 8, UInt64.self)),
        count <= (bytes.count - end) / section.elementSize
      else { return nil }
      table.starts.append(end)
      table.counts.append(count)
      end += count * section.elementSize
    }
    return end == bytes.count ? table : nil
  }

  /// Whether every reference leads to a place in its section.
  static func holds(_ index: SourceIndex) -> Bool {
    guard index.count(of: .letters) == index.count, index.count(of: .slugOrder) == index.count
    else { return false }
    let strings = index.count(of: .strings)
    func isText(_ offset: Int) -> Bool {
      let (start, length) = (
        index.number(at: offset, UInt32.self), index.number(at: offset + 4, UInt32.self)
      )
      return start == .max ? length == 0 : Int(start) + Int(length) <= strings
    }
    func all(_ section: IndexFormat.Section, _ isRight: (Int) -> Bool) -> Bool {
      (0..<index.count(of: section)).allSatisfy { isRight(index.offset(of: $0, in: section)) }
    }
    let lists = index.count(of: .categoryLists)
    return isText(IndexFormat.Header.root) && isText(IndexFormat.Header.providerFile)
      && all(.records) { record in
        IndexFormat.Record.references.allSatisfy { isText(record + $0) }
          && Int(index.number(at: record + IndexFormat.Record.categoriesStart, UInt32.self))
            + Int(index.number(at: record + IndexFormat.Record.categoriesCount, UInt32.self))
            <= lists
          && index.number(at: record + IndexFormat.Record.entryOffset, UInt64.self) < 1 << 48
      }
      && all(.slugOrder) { Int(index.number(at: $0, UInt32.self)) < index.count }
      && all(.categories, isText)
      && all(.categoryLists) {
        Int(index.number(at: $0, UInt32.self)) < index.count(of: .categories)
      }
      && all(.guides) { isText($0) && isText($0 + 8) }
      && all(.findings) { isText($0) && isText($0 + 8) && isText($0 + 16) }
      && all(.stamps) { isText($0) && isPath($0, in: index) }
  }

  /// Whether a path is there and ends in its only zero.
  private static func isPath(_ offset: Int, in index: SourceIndex) -> Bool {
    guard let range = index.range(of: index.reference(at: offset)), !range.isEmpty else {
      return false
    }
    return index.bytes[range].firstIndex(of: 0) == range.upperBound - 1
  }
}
