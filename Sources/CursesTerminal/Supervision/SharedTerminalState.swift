internal import CLinux
internal import Glibc

/// A page that the supervisor and the interface share: has the terminal been taken, and what has to be written to give
/// it back. Written by the interface before it changes anything, read by the supervisor when the interface has stopped
/// or ended, however that happened.
@safe
final class SharedTerminalState: @unchecked Sendable {
  /// Mapped on first use: the supervisor does that before it forks, so both sides see the same page.
  static let shared = SharedTerminalState()

  /// One byte for the state, two for the length, then the bytes to write.
  private let page: UnsafeMutableRawPointer?
  private static let pageSize = 4096
  private static let headerSize = 3

  private init() {
    unsafe page = linux_map_shared(SharedTerminalState.pageSize)
  }

  /// Says that the terminal is about to be changed, and which bytes undo it (beyond the line settings).
  func acquire(undo: [UInt8]) {
    guard let page = unsafe page else { return }
    let bytes = undo.prefix(SharedTerminalState.pageSize - SharedTerminalState.headerSize)
    unsafe page.storeBytes(of: UInt8(bytes.count & 0xFF), toByteOffset: 1, as: UInt8.self)
    unsafe page.storeBytes(of: UInt8(bytes.count >> 8), toByteOffset: 2, as: UInt8.self)
    for (offset, byte) in bytes.enumerated() {
      unsafe page.storeBytes(
        of: byte, toByteOffset: SharedTerminalState.headerSize + offset, as: UInt8.self)
    }
    unsafe page.storeBytes(of: 1, as: UInt8.self)
  }

  /// Says that the terminal is as it was.
  func release() {
    guard let page = unsafe page else { return }
    unsafe page.storeBytes(of: 0, as: UInt8.self)
  }

  var isTaken: Bool {
    guard let page = unsafe page else { return false }
    return unsafe page.load(as: UInt8.self) == 1
  }

  var undo: [UInt8] {
    guard let page = unsafe page else { return [] }
    let low = unsafe page.load(fromByteOffset: 1, as: UInt8.self)
    let high = unsafe page.load(fromByteOffset: 2, as: UInt8.self)
    let count = min(
      Int(high) << 8 | Int(low), SharedTerminalState.pageSize - SharedTerminalState.headerSize)
    return (0..<count).map { offset in
      unsafe page.load(fromByteOffset: SharedTerminalState.headerSize + offset, as: UInt8.self)
    }
  }
}
