internal import Basics
internal import CLinux

/// What the surroundings say about where things are kept: the variables, the user, the account's home.
package struct StoreEnvironment: Equatable, Sendable {
  /// By name.
  package var variables: [String: String]
  /// The effective user; 0 keeps its things in `/etc` and `/var/lib`.
  package var userID: UInt32
  /// The home that the account database names, for when `HOME` is not set.
  package var accountHome: String?
  /// What a relative path is relative to.
  package var workingDirectory: String

  /// - Parameters:
  ///   - userID: the effective one, by which the folders are chosen.
  ///   - workingDirectory: absolute.
  package init(
    variables: [String: String], userID: UInt32, accountHome: String?, workingDirectory: String
  ) {
    self.variables = variables
    self.userID = userID
    self.accountHome = accountHome
    self.workingDirectory = workingDirectory
  }

  /// Of this process. The account database is read only when `HOME` is missing.
  package init(variables: [String: String]) {
    let userID = geteuid()
    let isHomeless = (variables["HOME"] ?? "").isEmpty
    self.init(
      variables: variables, userID: userID,
      accountHome: isHomeless ? AccountDatabase.home(of: userID) : nil,
      workingDirectory: FilePath.canonical("."))
  }

  /// Nil when the variable is missing or empty.
  subscript(name: String) -> String? {
    guard let value = variables[name], !value.isEmpty else { return nil }
    return value
  }
}

/// The accounts in `/etc/passwd`. Read by ourselves: the C library would load modules for it, which a static program
/// cannot.
enum AccountDatabase {
  /// Far more than any machine's file.
  private static let limit = 4 * 1024 * 1024

  static func home(of userID: UInt32, path: String = "/etc/passwd") -> String? {
    guard let file = try? RegularFile(path), let bytes = try? file.bytes(limit: limit) else {
      return nil
    }
    return home(of: userID, in: String(decoding: bytes, as: UTF8.self))
  }

  /// The sixth of the seven fields of the user's line.
  static func home(of userID: UInt32, in text: String) -> String? {
    for line in text.split(separator: "\n") {
      let fields = line.split(separator: ":", omittingEmptySubsequences: false)
      guard fields.count == 7, fields[2] == String(userID), fields[5].hasPrefix("/") else {
        continue
      }
      return String(fields[5])
    }
    return nil
  }
}
