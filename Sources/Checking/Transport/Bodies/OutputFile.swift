internal import Basics
internal import NIOCore
internal import Secrets
internal import Synchronization

/// Where the bodies of answers go: a descriptor that the helper has inherited and that other programs may share. It is
/// written to as it is, and waits as long as its reader does; nothing about it is changed.
final class OutputFile: Sendable {
  /// Why nothing is written to it any more.
  enum Ending: Error, Equatable, Sendable {
    case failed(SystemError)
    /// Whoever waits for the rest does not want it.
    case closed
  }

  private struct State {
    var ending: Ending?
    var isEmpty = true
  }

  private let descriptor: Int32
  private let state = Mutex(State())

  init(_ descriptor: Int32) { self.descriptor = descriptor }

  /// The first write that failed; `EPIPE` where the reader has gone.
  var failure: SystemError? {
    if case .failed(let error) = state.withLock({ $0.ending }) { error } else { nil }
  }

  /// Whether nothing has been written yet.
  var isEmpty: Bool { state.withLock { $0.isEmpty } }

  /// What is not on its way yet stays here.
  func close() { state.withLock { $0.ending = $0.ending ?? .closed } }

  /// Writes what can be read of `bytes`, without a copy.
  func write(_ bytes: ByteBuffer) throws(Ending) {
    var result: Result<Void, Ending> = .success(())
    unsafe bytes.withUnsafeReadableBytes { raw in
      do throws(Ending) { try unsafe write(raw.bytes) } catch { result = .failure(error) }
    }
    try result.get()
  }

  func write(_ bytes: borrowing SecretBuffer) throws(Ending) {
    try bytes.withBytes { bytes throws(Ending) in try write(bytes) }
  }

  private func write(_ bytes: RawSpan) throws(Ending) {
    if let ending = state.withLock({ $0.ending }) { throw ending }
    guard bytes.byteCount > 0 else { return }
    // Not under the lock: it may wait for a reader.
    do throws(SystemError) {
      try FileDescriptor.write(bytes, to: descriptor)
      state.withLock { $0.isEmpty = false }
    } catch {
      state.withLock { $0.ending = $0.ending ?? .failed(error) }
      throw .failed(error)
    }
  }
}
