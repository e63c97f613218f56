internal import Basics
internal import CLinux
internal import Dispatch
internal import Glibc
internal import TerminalUI

/// Shows on a terminal what another process writes, cleaned of anything that could move it: as soon as it comes, however
/// long it is.
final class TerminalRelay: Sendable {
  /// For the process that writes.
  let output: Int32
  private let input: Int32
  private let isDone = DispatchSemaphore(value: 0)

  init() throws(CommandError) {
    var ends: [Int32] = [-1, -1]
    guard Threads.areAvailable else { throw .failed(Threads.explanation) }
    guard unsafe linux_pipe(&ends) == 0 else {
      throw .failed(Explanation(what: "cannot show the answer", why: SystemError.last.reason))
    }
    (input, output) = (ends[0], ends[1])
  }

  /// Begins to read, beside everything else.
  func start() {
    Threads.silencePool()
    // A queue of its own is a thread of its own.
    DispatchQueue(label: "relay").async {
      self.pass()
      self.isDone.signal()
    }
  }

  /// Waits until everything is shown. The process that writes has to be gone.
  func finish() {
    close(output)
    isDone.wait()
    close(input)
  }

  private func pass() {
    var sanitizer = StreamSanitizer()
    var piece = [UInt8](repeating: 0, count: 64 * 1024)
    while true {
      let count = unsafe piece.withUnsafeMutableBytes { room in
        (try? unsafe FileDescriptor.read(input, into: room)) ?? 0
      }
      guard count > 0 else { break }
      Console.piece(sanitizer.clean(piece[..<count]))
    }
    Console.piece(sanitizer.finish())
  }
}
