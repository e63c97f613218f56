internal import Basics
internal import CLinux
internal import Glibc
internal import Requests

/// A port of 127.0.0.1 that takes connections. Closed when the value goes.
struct ListenerSocket: ~Copyable, Sendable {
  private let file: FileDescriptor
  let port: Int

  /// For polling.
  var number: Int32 { file.number }

  /// More wait in the system until somebody looks.
  private static let backlog: Int32 = 16

  init(port: Int) throws(ListeningError) {
    let flags = Int32(SOCK_STREAM.rawValue) | O_CLOEXEC | O_NONBLOCK
    let file = FileDescriptor(socket(AF_INET, flags, 0))
    guard file.number >= 0, let number = in_port_t(exactly: port) else {
      throw .system(SystemError.last.reason)
    }
    // The port can be used again as soon as nobody listens at it, whatever is left of earlier connections.
    var isReused: Int32 = 1
    unsafe setsockopt(
      file.number, SOL_SOCKET, SO_REUSEADDR, &isReused, socklen_t(MemoryLayout<Int32>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = number.bigEndian
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = unsafe withUnsafePointer(to: &address) {
      unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe bind(file.number, $0, size)
      }
    }
    guard bound == 0, Glibc.listen(file.number, Self.backlog) == 0 else {
      let error = SystemError.last
      throw error.code == EADDRINUSE ? .taken(port: port) : .system(error.reason)
    }
    self.file = file
    self.port = port
  }

  /// The next that waits; nil when there is none.
  func accept() -> FileDescriptor? {
    let number = linux_accept(file.number)
    return number >= 0 ? FileDescriptor(number) : nil
  }
}
