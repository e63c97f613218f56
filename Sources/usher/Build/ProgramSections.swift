internal import Basics

/// What has been put beside the code of this program when it was released: sections of its file (ELF, 64 bits) that are
/// not loaded with it.
///
/// The layout is that of the System V ABI, "Object Files".
struct ProgramSections: ~Copyable {
  private let file: RegularFile
  private let headers: [UInt8]
  private let names: [UInt8]

  private static let headerSize = 64

  /// Of this process. Nil where its file cannot be read, or is of another kind.
  init?() {
    guard let file = try? RegularFile("/proc/self/exe"),
      let start = file.bytes(in: 0..<ProgramSections.headerSize),
      start.starts(with: [0x7F, 0x45, 0x4C, 0x46, 2, 1])
    else { return nil }
    let size = start.number(at: 0x3A, bytes: 2)
    let count = start.number(at: 0x3C, bytes: 2)
    let index = start.number(at: 0x3E, bytes: 2)
    guard size == ProgramSections.headerSize, index < count,
      let headers = file.bytes(at: start.number(at: 0x28, bytes: 8), count: size * count)
    else { return nil }
    let named = ProgramSections.place(index, in: headers)
    guard let names = file.bytes(at: named.offset, count: named.count) else { return nil }
    self.file = file
    self.headers = headers
    self.names = names
  }

  /// The bytes of a section; nil where there is none of that name.
  borrowing func bytes(of name: String) -> [UInt8]? {
    for index in 0..<headers.count / ProgramSections.headerSize {
      let start = headers.number(at: index * ProgramSections.headerSize, bytes: 4)
      guard start < names.count, names[start...].starts(with: Array(name.utf8) + [0]) else {
        continue
      }
      let place = ProgramSections.place(index, in: headers)
      return file.bytes(at: place.offset, count: place.count)
    }
    return nil
  }

  private static func place(_ index: Int, in headers: [UInt8]) -> (offset: Int, count: Int) {
    let start = index * headerSize
    return (
      headers.number(at: start + 0x18, bytes: 8), headers.number(at: start + 0x20, bytes: 8)
    )
  }
}

extension RegularFile {
  /// More than anybody puts into a section.
  private static let limit = 4 * 1024 * 1024

  fileprivate borrowing func bytes(at offset: Int, count: Int) -> [UInt8]? {
    let (end, isTooLong) = offset.addingReportingOverflow(count)
    guard offset >= 0, 0...RegularFile.limit ~= count, !isTooLong else { return nil }
    return bytes(in: offset..<end)
  }
}

extension [UInt8] {
  /// A number as this kind of file has it: the least byte first. 0 where the bytes end before it.
  fileprivate func number(at offset: Int, bytes: Int) -> Int {
    guard offset >= 0, offset + bytes <= count else { return 0 }
    let number = self[offset..<offset + bytes].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return Int(clamping: number)
  }
}
