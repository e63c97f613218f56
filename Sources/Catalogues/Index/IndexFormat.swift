internal import Basics

/// How an index is laid out in its file: a header with a table of sections, then the sections. All numbers are
/// little-endian. It is a cache of public texts, made anew whenever there is a doubt about it; no version of the format
/// has to be read by another.
enum IndexFormat {
  /// `USHRIDX` and a zero.
  static let magic: UInt64 = 0x0058_4449_5248_5355
  /// Raised whenever the layout, what is stored, or how texts are folded changes. A test holds the bytes of a known
  /// index against it.
  static let schema: UInt64 = 3
  /// Larger files are not read, in bytes. An index of 100,000 providers has some 17 MB.
  static let sizeLimit = 1 << 30

  /// Where the header's numbers stand.
  enum Header {
    static let magic = 0
    static let schema = 8
    static let checksum = 16
    /// What the checksum covers begins here.
    static let length = 24
    static let builtSeconds = 32
    static let builtNanoseconds = 40
    static let root = 48
    static let providerFile = 56
    static let sections = 64
    static let size = sections + Section.allCases.count * 16
  }

  /// The parts of the file, in their order in it.
  enum Section: Int, CaseIterable {
    /// Of providers, in the order of their names.
    case records
    /// The letters that occur in a provider's texts, one number each.
    case letters
    /// Numbers of records in the order of their slugs.
    case slugOrder
    /// References to the categories' names.
    case categories
    /// Numbers of categories; a record has a range of them.
    case categoryLists
    /// Guides by the slugs they belong to, in the order of the slugs.
    case guides
    case findings
    /// What the files looked like when they were read.
    case stamps
    case strings

    /// In bytes.
    var elementSize: Int {
      switch self {
      case .records: Record.size
      case .letters: 8
      case .slugOrder, .categoryLists: 4
      case .categories: 8
      case .guides: 16
      case .findings: 32
      case .stamps: Stamp.size
      case .strings: 1
      }
    }
  }

  /// Where the members of a record stand.
  enum Record {
    static let slug = 0
    static let name = 8
    static let searchText = 16
    static let domain = 24
    static let authMode = 32
    static let guide = 40
    static let namedGuide = 48
    static let categoriesStart = 56
    static let categoriesCount = 60
    static let entryOffset = 64
    static let entryLength = 72
    static let line = 76
    static let marks = 80
    static let hosts = 88
    static let size = 96
    static let references = [slug, name, searchText, domain, authMode, guide, namedGuide, hosts]
  }

  /// What is true of a provider or not.
  struct Marks: OptionSet {
    let rawValue: UInt64

    static let popular = Marks(rawValue: 1 << 0)
    static let linkable = Marks(rawValue: 1 << 1)
  }

  /// Where the members of a stamp stand.
  enum Stamp {
    static let path = 0
    static let kind = 8
    static let seconds = 16
    static let nanoseconds = 24
    static let bytes = 32
    static let inode = 40
    static let size = 48
  }

  /// Finds every accident to a file; it keeps nobody out who means to deceive, and need not: only the user can write
  /// there.
  static func checksum(of bytes: borrowing RawSpan) -> UInt64 {
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(bytes.byteCount)
    var offset = 0
    while offset + 8 <= bytes.byteCount {
      state = (state ^ bytes.number(at: offset, UInt64.self)) &* 0xFF51_AFD7_ED55_8CCD
      state ^= state >> 29
      offset += 8
    }
    while offset < bytes.byteCount {
      state = (state ^ UInt64(bytes[offset])) &* 0xFF51_AFD7_ED55_8CCD
      state ^= state >> 29
      offset += 1
    }
    return state
  }
}

/// A text in the section of strings.
struct StringReference: Equatable {
  var offset: UInt32
  var length: UInt32

  /// Stands for no text, which is not the empty one.
  static let none = StringReference(offset: .max, length: 0)
}

extension RawSpan {
  /// A number that need not be aligned. The load checks its bounds, and every pattern of bits is an integer.
  @inline(__always)
  func number<Number: FixedWidthInteger & BitwiseCopyable>(
    at offset: Int, _ type: Number.Type
  ) -> Number {
    return unsafe Number(littleEndian: unsafeLoadUnaligned(fromByteOffset: offset, as: type))
  }
}
