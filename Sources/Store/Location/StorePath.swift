internal import Basics
internal import Connections

/// The text that names a store.
struct StorePath {
  let text: String
  /// What says so, for errors: `--store`.
  let source: String
  /// What a relative path is relative to.
  let folder: String

  /// Where the store is.
  enum Place {
    /// Directory and name of a file.
    case file(String, String)
    case team(EtcdAddress)
  }

  func place() throws(StoreError) -> Place {
    let (scheme, rest) = try parse()
    if StoreKind.etcd.schemes.contains(scheme) {
      return .team(
        try EtcdAddress(
          rest, isSecure: scheme == StoreKind.secureScheme, source: source, folder: folder))
    }
    let path = FilePath.absolute(try filePath(rest), in: folder)
    let parts = path.split(separator: "/", omittingEmptySubsequences: true)
    guard let last = parts.last, last != ".", last != "..", !path.utf8.contains(0) else {
      throw misread
    }
    // A directory is meant when it is written as one; the store in it has its usual name.
    if text.hasSuffix("/") { return .file(Self.trimmed(path), StoreLocation.fileName) }
    return .file("/" + parts.dropLast().joined(separator: "/"), String(last))
  }

  /// Without slashes at the end.
  static func trimmed(_ path: String) -> String {
    var path = path[...]
    while path.count > 1, path.hasSuffix("/") { path = path.dropLast() }
    return String(path)
  }

  /// The scheme, in small letters, and what stands behind it. Without a scheme all of the text is a path.
  private func parse() throws(StoreError) -> (scheme: String, rest: Substring) {
    guard let colon = text.firstIndex(of: ":"), Self.isScheme(text[..<colon]) else {
      return ("", text[...])
    }
    let scheme = text[..<colon].lowercased()
    guard StoreKind.allCases.contains(where: { $0.schemes.contains(scheme) }) else {
      throw .failed(
        Explanation(
          what: "there is no store of the kind \(scheme)",
          why: "usher keeps connections in "
            + StoreKind.allCases.map(\.noun).joined(separator: " or "),
          advice: "give a path: --store /path/to/usher.db"))
    }
    return (scheme, text[text.index(after: colon)...])
  }

  /// `///path`, `/path` or `path`; a host is not ours to reach.
  private func filePath(_ rest: Substring) throws(StoreError) -> String {
    guard !rest.isEmpty else { throw misread }
    guard rest.hasPrefix("//"), rest.startIndex > text.startIndex else { return String(rest) }
    guard rest.hasPrefix("///") else { throw misread }
    return String(rest.dropFirst(2))
  }

  /// A path may hold a colon; a scheme is letters only, more than one, before it.
  private static func isScheme(_ text: Substring) -> Bool {
    text.utf8.count > 1
      && text.utf8.allSatisfy {
        ($0 | 0x20) >= UInt8(ascii: "a") && ($0 | 0x20) <= UInt8(ascii: "z")
      }
  }

  private var misread: StoreError {
    .failed(
      Explanation(
        what: "\(source) does not name a file", why: "it reads \"\(text)\"",
        advice: "give a path: --store /path/to/usher.db"))
  }
}
