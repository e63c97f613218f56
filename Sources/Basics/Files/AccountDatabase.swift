/// The accounts in `/etc/passwd`. Read by ourselves: the C library would load modules for it, which a static program
/// cannot.
package enum AccountDatabase {
  /// Far more than any machine's file.
  private static let limit = 4 * 1024 * 1024

  /// The home of an account; nil where it has none, or the file cannot be read.
  /// - Parameter path: another file, for tests.
  package static func home(of userID: UInt32, path: String = "/etc/passwd") -> String? {
    text(path).flatMap { home(of: userID, in: $0) }
  }

  /// What an account is called; nil where it is not there, or the file cannot be read.
  /// - Parameter path: another file, for tests.
  package static func name(of userID: UInt32, path: String = "/etc/passwd") -> String? {
    text(path).flatMap { name(of: userID, in: $0) }
  }

  /// The sixth of the seven fields of the user's line, where it is a path.
  package static func home(of userID: UInt32, in text: String) -> String? {
    fields(of: userID, in: text) { $0[5].hasPrefix("/") }.map { String($0[5]) }
  }

  /// The first field.
  package static func name(of userID: UInt32, in text: String) -> String? {
    fields(of: userID, in: text) { !$0[0].isEmpty }.map { String($0[0]) }
  }

  private static func text(_ path: String) -> String? {
    guard let file = try? RegularFile(path), let bytes = try? file.bytes(limit: limit) else {
      return nil
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func fields(
    of userID: UInt32, in text: String, where isMeant: ([Substring]) -> Bool
  ) -> [Substring]? {
    for line in text.split(separator: "\n") {
      let fields = line.split(separator: ":", omittingEmptySubsequences: false)
      if fields.count == 7, fields[2] == String(userID), isMeant(fields) { return fields }
    }
    return nil
  }
}
