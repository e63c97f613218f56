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
    line(of: userID, in: text) { $0[5].first == UInt8(ascii: "/") }
      .map { String(decoding: $0[5], as: UTF8.self) }
  }

  /// The first field.
  package static func name(of userID: UInt32, in text: String) -> String? {
    line(of: userID, in: text) { !$0[0].isEmpty }.map { String(decoding: $0[0], as: UTF8.self) }
  }

  private static func text(_ path: String) -> String? {
    guard let file = try? RegularFile(path), let bytes = try? file.bytes(limit: limit) else {
      return nil
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The fields of an account's line. By bytes: every save asks who it is, and a letter costs a hundred times as much.
  private static func line(
    of userID: UInt32, in text: String, where isMeant: ([ArraySlice<UInt8>]) -> Bool
  ) -> [ArraySlice<UInt8>]? {
    let number = Array(String(userID).utf8)
    for line in Array(text.utf8).split(separator: UInt8(ascii: "\n")) {
      let fields = line.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
      if fields.count == 7, fields[2].elementsEqual(number), isMeant(fields) { return fields }
    }
    return nil
  }
}
