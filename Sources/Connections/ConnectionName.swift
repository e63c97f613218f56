internal import Basics

/// The name of a linked account: `tally/default`. Unique in a store.
package struct ConnectionName: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The name given when the user names none.
  package static let defaultName = "default"

  /// The provider's slug.
  package let provider: String
  /// The connection's own name; `default` unless chosen.
  package let name: String

  /// Nil when a part is empty, longer than 64 characters, or holds anything but lower- or upper-case letters, digits,
  /// `-`, `_` and `.`; those are safe in a file name, a shell and a URL. A leading `-` or `.` is refused too.
  package init?(provider: String, name: String = ConnectionName.defaultName) {
    guard ConnectionName.isValid(provider), ConnectionName.isValid(name) else { return nil }
    self.provider = provider
    self.name = name
  }

  /// `tally/default`, as every command takes it.
  package var description: String { "\(provider)/\(name)" }

  /// A name of the same provider that is free: itself, or `tally/2` beside `tally/default`, `tally/work-2` beside
  /// `tally/work`.
  package func free(besides taken: [ConnectionName]) -> ConnectionName {
    guard taken.contains(self) else { return self }
    let front = name == ConnectionName.defaultName ? "" : name + "-"
    for number in 2... {
      // A name of the greatest length has no room for a number behind it.
      let candidate =
        ConnectionName(provider: provider, name: "\(front)\(number)")
        ?? ConnectionName(provider: provider, name: "\(number)")
      if let candidate, !taken.contains(candidate) { return candidate }
    }
    return self
  }

  /// By provider, then by name, both by their bytes.
  package static func < (a: ConnectionName, b: ConnectionName) -> Bool {
    (a.provider, a.name) < (b.provider, b.name)
  }

  private static func isValid(_ part: String) -> Bool {
    guard (1...64).contains(part.utf8.count), let first = part.utf8.first else { return false }
    guard first != UInt8(ascii: "-"), first != UInt8(ascii: ".") else { return false }
    return part.withBytes { bytes in
      !bytes.contains { byte in
        let isMark =
          byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
        return !byte.isLetter && !byte.isDigit && !isMark
      }
    }
  }
}
