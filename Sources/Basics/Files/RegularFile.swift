internal import CLinux

/// A regular file, open for reading. Whatever else a name turns out to be is not read: a pipe would be waited for, a
/// device may do anything.
package struct RegularFile: ~Copyable, Sendable {
  /// Why there is nothing to read.
  package enum Problem: Error, Equatable, Sendable {
    /// A directory, a pipe, a device.
    case notAFile(FileStatus)
    case system(SystemError)
  }

  /// Closed with this value.
  package let descriptor: FileDescriptor
  /// As it was when it was opened.
  package let status: FileStatus

  /// Opens a file.
  ///
  /// - Parameters:
  ///   - path: absolute, or relative to `directory`.
  ///   - directory: an open directory; the working directory when it is left out.
  ///   - followsLink: whether the last part of the path may be a symbolic link.
  package init(
    _ path: String, in directory: Int32? = nil, followsLink: Bool = true
  ) throws(Problem) {
    // Not to wait for a writer when the name turns out to be a pipe's.
    let flags = O_RDONLY | O_NONBLOCK | O_NOCTTY | (followsLink ? 0 : O_NOFOLLOW)
    let opened = try RegularFile.explained { () throws(SystemError) in
      try FileDescriptor.open(path, flags, in: directory)
    }
    let number = opened.number
    let found = try RegularFile.explained { () throws(SystemError) in
      try FileStatus(descriptor: number)
    }
    guard found.kind == .file else { throw .notAFile(found) }
    descriptor = opened
    status = found
  }

  private static func explained<Result: ~Copyable>(
    _ body: () throws(SystemError) -> Result
  ) throws(Problem) -> Result {
    do throws(SystemError) {
      return try body()
    } catch {
      throw .system(error)
    }
  }

  /// All bytes of the file; nil when there are more than `limit`. Not for secrets: they are on the plain heap.
  package borrowing func bytes(limit: Int) throws(Problem) -> [UInt8]? {
    guard status.size <= limit else { return nil }
    // One byte more than there should be tells whether the file has grown.
    var bytes = try read(atMost: Int(status.size) + 1)
    while bytes.count > status.size, bytes.count <= limit {
      let more = try read(atMost: 64 * 1024)
      if more.isEmpty { break }
      bytes += more
    }
    return bytes.count <= limit ? bytes : nil
  }

  /// A part of the file; nil when it ends before it, or cannot be read.
  package borrowing func bytes(in range: Range<Int>) -> [UInt8]? {
    guard range.upperBound <= Int(clamping: status.size) else { return nil }
    let number = descriptor.number
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: range.count) { buffer, filled in
      while filled < range.count {
        let count = unsafe pread(
          number, buffer.baseAddress.map { unsafe $0 + filled }, range.count - filled,
          range.lowerBound + filled)
        if count < 0, linux_errno() == EINTR { continue }
        guard count > 0 else { break }
        filled += count
      }
    }
    return bytes.count == range.count ? bytes : nil
  }

  /// The next bytes, fewer only at the end of the file.
  private borrowing func read(atMost limit: Int) throws(Problem) -> [UInt8] {
    let number = descriptor.number
    var failure: SystemError?
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: limit) { buffer, filled in
      do throws(SystemError) {
        while filled < limit {
          let room = unsafe UnsafeMutableRawBufferPointer(
            rebasing: UnsafeMutableRawBufferPointer(buffer)[filled...])
          let count = try unsafe FileDescriptor.read(number, into: room)
          if count == 0 { break }
          filled += count
        }
      } catch {
        failure = error
      }
    }
    if let failure { throw .system(failure) }
    return bytes
  }
}
