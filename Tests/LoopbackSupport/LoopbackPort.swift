internal import Glibc

/// A port on 127.0.0.1 that nobody else has for as long as its socket is open. Nothing listens on it.
package struct LoopbackPort {
  /// Closed by whoever gives the port away.
  package let file: Int32
  package let number: Int

  package init() {
    file = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    let file = file
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = unsafe withUnsafeMutablePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw in
        unsafe bind(file, raw, length) == 0 && getsockname(file, raw, &length) == 0
      }
    }
    precondition(bound, "no port on loopback")
    number = Int(UInt16(bigEndian: address.sin_port))
  }
}
