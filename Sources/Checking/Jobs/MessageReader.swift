internal import Secrets

/// Reads what the program tells its helper process. Blocks the calling thread until a message is there.
struct MessageReader: Sendable {
  private let input: Int32

  init(_ input: Int32) { self.input = input }

  /// Waits for something to read, the end included; false when it takes longer.
  func isReadable(within limit: Duration) -> Bool {
    ProcessSocket(input).wait(for: .input, until: .now + limit) == .ready
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
