internal import Basics

/// An open file of which parts are read. Closed with the last one who holds it.
final class RandomAccessFile {
  private let file: RegularFile

  /// As it was when it was opened.
  var stamp: FileFingerprint { FileFingerprint(file.status) }

  /// Nil when it is not a regular file that can be read.
  init?(_ path: String) {
    guard let file = try? RegularFile(path) else { return nil }
    self.file = file
  }

  /// Nil when the file ends before them.
  func bytes(_ range: Range<Int>) -> [UInt8]? { file.bytes(in: range) }
}
