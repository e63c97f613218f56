internal import Basics
internal import Secrets

/// The lines of a backup, out of the age file that they are sealed in. Locked memory holds a line and a chunk.
struct BackupLines: ~Copyable {
  private var file: AgeFileReader
  /// Address space; what of it is used is locked.
  private var window = SecretBuffer(capacity: BackupLine.sizeLimit + 2 * AgeChunks.length)
  /// What stands before it in the window has been handed out.
  private var start = 0
  /// Up to where no line ends.
  private var searched = 0
  private var isAtEnd = false
  /// How many have been handed out.
  private(set) var count = 0

  init(_ file: consuming AgeFileReader) { self.file = file }

  /// The next line, without its end, which the last one may lack; nil behind it, when the file has been found whole.
  mutating func next() throws(BackupError) -> SecretBuffer? {
    var lineFeed: Int?
    while true {
      let searched = searched
      lineFeed = window.withBytes { $0.firstOffset(from: searched) { $0 == UInt8(ascii: "\n") } }
      if lineFeed != nil || isAtEnd { break }
      self.searched = window.count
      try readOn()
    }
    guard let end = lineFeed ?? (start < window.count ? window.count : nil) else { return nil }
    let start = start
    let line = window.withBytes { SecretBuffer(copying: $0.extracting(start..<end)) }
    self.start = min(end + 1, window.count)
    searched = self.start
    count += 1
    return line
  }

  private mutating func readOn() throws(BackupError) {
    window.remove(0..<start)
    searched -= start
    start = 0
    guard window.capacity - window.count >= AgeChunks.length else {
      throw .damaged("line \(count + 1) is longer than usher reads")
    }
    do throws(AgeReadingError) {
      isAtEnd = try !file.next(into: &window)
    } catch {
      throw BackupError(error)
    }
  }
}
