internal import Basics
internal import CLinux
internal import Glibc
internal import Secrets

/// One connection to the listener. What it sends may hold a code, and lies in locked memory from the first byte on. Used
/// by the listener's thread alone.
final class Visitor {
  private let file: FileDescriptor
  /// It is let go then, whatever it has said.
  let deadline: ContinuousClock.Instant
  private(set) var received = SecretBuffer(
    capacity: VisitorRequestReader.headLimit + VisitorRequestReader.bodyLimit)
  /// How much of it has been searched for the end of a head.
  var scanned = 0
  private var isAnswered = false
  /// Whether nothing more will come.
  private(set) var hasLeft = false

  /// In bytes: at one go.
  private static let piece = 4096

  init(_ file: consuming FileDescriptor, until deadline: ContinuousClock.Instant) {
    self.file = file
    self.deadline = deadline
  }

  /// For polling.
  var number: Int32 { file.number }

  /// Takes what has come.
  /// - Returns: whether it is to be read: there is more of a request that has no answer yet.
  func receive() -> Bool {
    // What follows an answer is read so that the system does not take the answer back.
    if isAnswered { received.wipe() }
    var isAtEnd = false
    let before = received.count
    _ = unsafe received.appendInPlace(atMost: Self.piece) { room -> Int in
      let count = unsafe recv(file.number, room.baseAddress, room.count, Int32(MSG_DONTWAIT))
      if count > 0 { return count }
      let isWaiting = count < 0 && [EAGAIN, EINTR].contains(SystemError.last.code)
      isAtEnd = !isWaiting
      return 0
    }
    if isAtEnd { hasLeft = true }
    return !isAnswered && received.count > before
  }

  /// Sends the page, which is small enough to go at once, and says that nothing follows.
  func answer(_ page: ListenerPage) {
    isAnswered = true
    received.wipe()
    scanned = 0
    let flags = Int32(MSG_DONTWAIT | MSG_NOSIGNAL)
    page.bytes.withBytes { bytes in
      _ = unsafe bytes.withUnsafeBytes { unsafe send(file.number, $0.baseAddress, $0.count, flags) }
    }
    shutdown(file.number, Int32(SHUT_WR))
  }
}
