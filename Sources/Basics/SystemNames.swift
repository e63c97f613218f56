internal import CLinux
internal import Glibc

/// What the system calls who runs this process and where. For a trace that people read; nothing is decided by it.
package enum SystemNames {
  /// In bytes. Longer than any that a person has chosen.
  package static let limit = 64

  /// The account that the process was started by, or its number where it has no name. Behind sudo, who asked for it
  /// stands in brackets: `root (anna)`.
  package static func user() -> String {
    let number = getuid()
    return user(
      AccountDatabase.name(of: number) ?? String(number), askedFor: Environment.value("SUDO_USER"))
  }

  /// - Parameter sudoUser: whoever called sudo; nil where nobody did.
  package static func user(_ name: String, askedFor sudoUser: String?) -> String {
    let name = plain(name)
    guard let sudoUser = sudoUser.map(plain), !sudoUser.isEmpty, sudoUser != name else {
      return name
    }
    return "\(name) (\(sudoUser))"
  }

  /// The machine's name; empty where it has none.
  package static func host() -> String {
    var bytes = [CChar](repeating: 0, count: 256)
    let code = unsafe bytes.withUnsafeMutableBufferPointer { room in
      guard let start = room.baseAddress else { return Int32(-1) }
      // The last byte stays zero, whatever the name's length.
      return unsafe gethostname(start, room.count - 1)
    }
    guard code == 0 else { return "" }
    let name = bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return plain(String(decoding: name, as: UTF8.self))
  }

  /// What can be shown of a name that anybody may have set: one line of at most `limit` bytes.
  package static func plain(_ name: String) -> String {
    let visible = name.unicodeScalars.filter { scalar in
      scalar.isASCII
        ? (0x20...0x7E).contains(scalar.value)
        : scalar.properties.isAlphabetic || scalar.properties.numericType != nil
    }
    var text = ""
    for scalar in visible where text.utf8.count + UTF8.width(scalar) <= limit {
      text.unicodeScalars.append(scalar)
    }
    return text
  }
}
