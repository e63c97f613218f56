internal import CLinux
internal import Glibc
internal import Secrets

/// Reads what the program tells its helper process. Blocks the calling thread until a message is there.
struct MessageReader: Sendable {
  private let input: Int32

  init(_ input: Int32) { self.input = input }

  /// Waits for something to read, the end included; false when it takes longer than so many milliseconds.
  func isReadable(within milliseconds: Int32) -> Bool {
    var file = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
    var count = unsafe poll(&file, 1, milliseconds)
    while count < 0, linux_errno() == EINTR { count = unsafe poll(&file, 1, milliseconds) }
    return count != 0
  }

  /// Nil at the end of input, and for anything that is none; so for the other two.
  func settings() -> HelperSettings? {
    frame(HelperSettings.limit)?.withBytes { HelperSettings($0) } ?? nil
  }

  func request() -> HelperRequest? {
    frame(HelperRequest.limit)?.withBytes { HelperRequest($0) } ?? nil
  }

  func instruction() -> HelperInstruction? {
    frame(HelperInstruction.limit)?.withBytes { HelperInstruction($0) } ?? nil
  }

  private func frame(_ limit: Int) -> SecretBuffer? {
    let length = read(HelperFrame.headerSize)?.withBytes { header in
      HelperFrame.length(header, limit: limit)
    }
    guard let length = length ?? nil else { return nil }
    return read(length)
  }

  private func read(_ count: Int) -> SecretBuffer? {
    var buffer = SecretBuffer(capacity: count)
    guard (try? buffer.fill(from: input)) == true else { return nil }
    return buffer
  }
}
