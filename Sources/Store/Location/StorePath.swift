internal import Basics
internal import Credentials

/// The text of `--store`.
enum StorePath {
  /// Directory and file name of a store.
  static func split(
    _ text: String, in environment: StoreEnvironment
  ) throws(StoreError) -> (directory: String, name: String) {
    let path = absolute(try path(text), in: environment)
    let parts = path.split(separator: "/", omittingEmptySubsequences: true)
    guard let last = parts.last, last != ".", last != "..", !path.utf8.contains(0) else {
      throw misread(text)
    }
    // A directory is meant when it is written as one; the store in it has its usual name.
    if text.hasSuffix("/") { return (trimmed(path), StoreLocation.fileName) }
    return ("/" + parts.dropLast().joined(separator: "/"), String(last))
  }

  static func absolute(_ path: String, in environment: StoreEnvironment) -> String {
    path.hasPrefix("/") ? path : "\(trimmed(environment.workingDirectory))/\(path)"
  }

  /// Without slashes at the end.
  static func trimmed(_ path: String) -> String {
    var path = path[...]
    while path.count > 1, path.hasSuffix("/") { path = path.dropLast() }
    return String(path)
  }

  private static func path(_ text: String) throws(StoreError) -> String {
    guard let colon = text.firstIndex(of: ":"), isScheme(text[..<colon]) else {
      guard !text.isEmpty else { throw misread(text) }
      return text
    }
    let rest = text[text.index(after: colon)...]
    switch text[..<colon].lowercased() {
    case "file", "sqlite":
      // `file:///path`, `sqlite:/path`, `sqlite:path`; a host is not ours to reach.
      guard rest.hasPrefix("//") else { return try nonempty(rest, text) }
      guard rest.hasPrefix("///") else { throw misread(text) }
      return String(rest.dropFirst(2))
    case let scheme:
      throw .failed(
        Explanation(
          what: "there is no store of the kind \(scheme)",
          why: "usher keeps connections in a SQLite file",
          advice: "give a path: --store /path/to/usher.db"))
    }
  }

  private static func nonempty(
    _ rest: Substring, _ text: String
  ) throws(StoreError) -> String {
    guard !rest.isEmpty else { throw misread(text) }
    return String(rest)
  }

  /// A path may hold a colon; a scheme is letters only, more than one, before it.
  private static func isScheme(_ text: Substring) -> Bool {
    text.utf8.count > 1
      && text.utf8.allSatisfy {
        ($0 | 0x20) >= UInt8(ascii: "a") && ($0 | 0x20) <= UInt8(ascii: "z")
      }
  }

  private static func misread(_ text: String) -> StoreError {
    .failed(
      Explanation(
        what: "--store does not name a file", why: "it reads \"\(text)\"",
        advice: "give a path: --store /path/to/usher.db"))
  }
}
