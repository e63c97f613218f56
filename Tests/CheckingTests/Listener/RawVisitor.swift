import Basics
import Glibc
import LoopbackSupport

/// A client on a plain socket, which says exactly what it is told to.
struct RawVisitor: ~Copyable, Sendable {
  private let file: FileDescriptor

  /// There is nobody at the port.
  struct Refused: Error {}

  /// - Throws: where nobody listens.
  init(port: Int) throws(Refused) {
    let file = FileDescriptor(socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    let connected = unsafe withUnsafePointer(to: &address) {
      unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe connect(file.number, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard connected == 0 else { throw Refused() }
    self.file = file
  }

  /// False where the other side has gone.
  @discardableResult
  func send(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return unsafe Glibc.send(file.number, bytes, bytes.count, Int32(MSG_NOSIGNAL))
      == bytes.count
  }

  /// What comes until the other side ends the connection.
  func answer() -> String {
    var all: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = unsafe recv(file.number, &piece, piece.count, 0)
      guard count > 0 else { return String(decoding: all, as: UTF8.self) }
      all += piece[..<count]
    }
  }

  /// The number that the answer begins with; nil when the connection ends without one.
  func status() -> Int? {
    let parts = answer().split(separator: " ")
    return parts.count > 1 ? Int(parts[1]) : nil
  }
}

/// A port that nobody listens at.
func freePort() -> Int {
  let port = LoopbackPort()
  defer { close(port.file) }
  return port.number
}
