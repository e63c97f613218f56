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
  package subscript(name: String) -> String? {
    guard let value = variables[name], !value.isEmpty else { return nil }
    return value
  }
}
