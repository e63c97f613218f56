internal import Basics
internal import Glibc
internal import Requests

extension Tunnel {
  /// From where somebody is logged in here; nil outside of ssh.
  /// - Parameters:
  ///   - user: whose account this is, where the environment does not say.
  ///   - machine: what this machine calls itself.
  init?(
    in environment: Environment, user: @autoclosure () -> String? = Tunnel.user,
    machine: @autoclosure () -> String? = Tunnel.machine
  ) {
    // The other machine and its port, then this machine and the port of its server.
    let parts = (environment["SSH_CONNECTION"] ?? "").split(separator: " ").map(String.init)
    guard parts.count == 4, let port = Int(parts[3]) else { return nil }
    let isLoopback = parts[2].hasPrefix("127.") || parts[2] == "::1"
    guard let user = environment["LOGNAME"] ?? user(),
      let host = isLoopback ? machine() : parts[2],
      [user, host].allSatisfy(Self.isWord)
    else { return nil }
    self.init(login: (port == 22 ? "" : "-p \(port) ") + "\(user)@\(host)")
  }

  /// Whether a shell takes it as it stands.
  private static func isWord(_ text: String) -> Bool {
    !text.isEmpty && text.first != "-"
      && text.utf8.allSatisfy { $0.isASCIIWordByte || ".-:%".utf8.contains($0) }
  }

  private static var user: String? {
    guard let entry = unsafe getpwuid(getuid()), let name = unsafe entry.pointee.pw_name else {
      return nil
    }
    return unsafe String(cString: name)
  }

  private static var machine: String? {
    var name = [CChar](repeating: 0, count: 256)
    guard unsafe gethostname(&name, name.count - 1) == 0 else { return nil }
    return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}

extension UInt8 {
  fileprivate var isASCIIWordByte: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
