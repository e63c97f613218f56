internal import Basics
internal import CLinux
internal import Dispatch
internal import Glibc
internal import NIOCore
internal import Requests
internal import Synchronization

/// One reading of a request's body, piece by piece, on a thread of its own: a pipe may have nothing to say for hours.
final class BodyReader: Sendable {
  enum Piece: Sendable {
    case bytes(ByteBuffer)
    /// There is no more.
    case end
    case failure(TransportFailure)
  }

  /// In bytes: what is read at once. Twice what a pipe holds.
  private static let pieceSize = 128 * 1024

  private let descriptor: Int32
  private let queue = DispatchQueue(label: "body")
  private let start: off_t?
  private let length: Int64?
  private let taken = Mutex<Int64?>(nil)

  /// - Parameters:
  ///   - start: where to read in a file; nil to read on where the descriptor stands.
  ///   - length: how much to read; nil for all that there is.
  init(_ descriptor: Int32, from start: off_t?, length: Int64?) {
    self.descriptor = descriptor
    self.start = start
    self.length = length
  }

  /// Whether a piece was asked for, so that something may be gone.
  var hasBegun: Bool { taken.withLock { $0 != nil } }

  /// Reads the next piece and hands it to `take`, on the reader's thread. To be called again after that, and not before.
  func next(_ take: @escaping @Sendable (Piece) -> Void) {
    taken.withLock { $0 = $0 ?? 0 }
    queue.async { take(self.read()) }
  }

  private func read() -> Piece {
    let before = taken.withLock { $0 ?? 0 }
    let room = length.map { Int(min($0 - before, Int64(Self.pieceSize))) } ?? Self.pieceSize
    guard room > 0 else { return .end }
    var piece = ByteBuffer()
    do throws(SystemError) {
      let count = try fill(&piece, room, at: start.map { $0 + off_t(before) })
      taken.withLock { $0 = before + Int64(count) }
      if count > 0 { return .bytes(piece) }
    } catch {
      return .failure(
        TransportFailure(.internalFailure, "the body could not be read: \(error.reason)"))
    }
    guard let length else { return .end }
    return .failure(
      TransportFailure(
        .internalFailure,
        "the body ended after \(before) of the \(length) bytes that were announced"))
  }

  private func fill(
    _ piece: inout ByteBuffer, _ room: Int, at place: off_t?
  ) throws(SystemError) -> Int {
    var result: Result<Int, SystemError> = .success(0)
    unsafe piece.writeWithUnsafeMutableBytes(minimumWritableBytes: room) { all in
      let bytes = unsafe UnsafeMutableRawBufferPointer(rebasing: all.prefix(room))
      result = unsafe Self.read(descriptor, into: bytes, at: place)
      return (try? result.get()) ?? 0
    }
    return try result.get()
  }

  private static func read(
    _ descriptor: Int32, into bytes: UnsafeMutableRawBufferPointer, at place: off_t?
  ) -> Result<Int, SystemError> {
    do throws(SystemError) {
      guard let place else {
        return .success(try unsafe FileDescriptor.read(descriptor, into: bytes))
      }
      while true {
        let count = unsafe pread(descriptor, bytes.baseAddress, bytes.count, place)
        if count >= 0 { return .success(count) }
        guard linux_errno() == EINTR else { throw .last }
      }
    } catch {
      return .failure(error)
    }
  }
}
