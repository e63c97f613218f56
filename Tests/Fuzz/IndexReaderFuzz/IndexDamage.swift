import Basics

@testable import Catalogues
@testable import GuideText
@testable import ProviderFormat

/// Makes damaged indices out of a whole one. Length and checksum are mended afterwards, since no damage would get past
/// them.
enum IndexDamage {
  private static let whole = index(of: ["tea", "green-tea", "cup", "saucer"])
  /// A whole one with more providers, to be listed together with a damaged one.
  static let larger = index(of: ["tea", "green-tea", "cup", "saucer", "kettle", "spoon"])

  private static func index(of slugs: [String]) -> SourceIndex {
    let content = IndexContent(
      root: "/usr", providerFile: "providers.yaml",
      providers: slugs.map { slug in
        IndexedProvider(
          ProviderSummary(
            Provider(
              slug: slug, displayName: slug.uppercased(), categories: ["food", "popular"],
              authMode: .apiKey, origin: .builtIn)),
          guide: "\(slug)/\(slug).md", namedGuide: "docs/\(slug).mdx", range: 10..<200)
      },
      guides: [("tea", "docs/tea.mdx"), ("cup", "docs/cup.mdx")],
      findings: [
        GuideFinding(
          severity: .error, file: "providers.yaml", line: 7, message: "odd", advice: "mend")
      ],
      stamps: ["bin", "lib"].map { path in
        var stamp = FileFingerprint(
          kind: .directory, changed: FileTime(seconds: 1, nanoseconds: 2), size: 3, inode: 4)
        stamp.path = path
        return stamp
      },
      builtAt: FileTime(seconds: 100, nanoseconds: 0))
    return SourceIndex(content)
  }

  /// Every seven bytes of input are one blow: what happens, where, and a number.
  static func index(damagedBy input: [UInt8]) -> [UInt8] {
    var bytes = whole.bytes
    var blow = input[...]
    while blow.count >= 7 {
      let numbers = Array(blow.prefix(7)).map(Int.init)
      blow = blow.dropFirst(7)
      guard !bytes.isEmpty else { break }
      let place = (numbers[1] | numbers[2] << 8) % bytes.count
      strike(&bytes, numbers[0], at: place, Array(numbers[3...]))
    }
    return sealed(bytes)
  }

  private static func strike(_ bytes: inout [UInt8], _ kind: Int, at place: Int, _ number: [Int]) {
    switch kind % 5 {
    case 0: bytes[place] = UInt8(number[0])
    case 1: for (index, byte) in number.enumerated() { write(UInt8(byte), place + index, &bytes) }
    // As a number of eight bytes, negative ones included.
    case 2:
      for index in 0..<8 {
        write(index < 4 ? UInt8(number[index]) : number[3] > 127 ? 0xFF : 0, place + index, &bytes)
      }
    case 3: bytes.removeSubrange(place..<min(bytes.count, place + 1 + number[0]))
    default: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 88)], at: place)
    }
  }

  private static func write(_ byte: UInt8, _ place: Int, _ bytes: inout [UInt8]) {
    if place < bytes.count { bytes[place] = byte }
  }

  private static func sealed(_ damaged: [UInt8]) -> [UInt8] {
    typealias Header = IndexFormat.Header
    guard damaged.count >= Header.size else { return damaged }
    var bytes = damaged
    put(UInt64(bytes.count), at: Header.length, &bytes)
    let covered = Array(bytes[Header.length...])
    put(unsafe IndexFormat.checksum(of: covered.span.bytes), at: Header.checksum, &bytes)
    return bytes
  }

  private static func put(_ number: UInt64, at place: Int, _ bytes: inout [UInt8]) {
    for index in 0..<8 { bytes[place + index] = UInt8(truncatingIfNeeded: number >> (8 * index)) }
  }
}
