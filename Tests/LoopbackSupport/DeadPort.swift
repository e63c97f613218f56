internal import Glibc

/// A port on 127.0.0.1 that refuses every connection. It is taken for as long as the tests run, so that no server of
/// another test can come to listen on it.
package enum DeadPort {
  package static let number: Int = {
    let file = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
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
    return Int(UInt16(bigEndian: address.sin_port))
  }()
}
