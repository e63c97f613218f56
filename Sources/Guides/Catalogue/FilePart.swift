internal import Glibc

/// An open file of which parts are read. Closed with the last one who holds it.
final class FilePart {
  private let descriptor: Int32
  /// As it was when it was opened.
  let stamp: FileStamp

  /// Nil when it is not a regular file that can be read.
  init?(_ path: String) {
    let file = unsafe path.withCString {
      unsafe open($0, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    }
    guard file >= 0 else { return nil }
    var status = stat()
    guard unsafe fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(file)
      return nil
    }
    descriptor = file
    stamp = FileStamp(status)
  }

  deinit { close(descriptor) }

  /// Nil when the file ends before them.
  func bytes(_ range: Range<Int>) -> [UInt8]? {
    guard range.upperBound <= Int(clamping: stamp.size) else { return nil }
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: range.count) { buffer, filled in
      while filled < range.count {
        let count = unsafe pread(
          descriptor, buffer.baseAddress.map { unsafe $0 + filled }, range.count - filled,
          range.lowerBound + filled)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { break }
        filled += count
      }
    }
    return bytes.count == range.count ? bytes : nil
  }
}
