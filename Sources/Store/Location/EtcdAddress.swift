package import Basics
internal import Connections

/// Where a team's store is: `etcds://user@host:2379,host:2379/prefix?ca=FILE&cert=FILE&key=FILE`. All but the hosts may be
/// left out. A password never stands in it: an address is seen by everybody who sees the command line.
package struct EtcdAddress: Equatable, Sendable {
  /// Whether the members are spoken to with TLS.
  package let isSecure: Bool
  /// In the order in which they were named, which is that in which they are tried. None twice.
  package let members: [Origin]
  /// What all keys begin with, without a slash at either end.
  package let prefix: String
  /// Who asks; nil where the members ask nobody who he is.
  package let user: String?
  /// Files in PEM, absolute: authorities besides the system's, and what the members are shown.
  package let authorityFile: String?
  package let certificateFile: String?
  package let keyFile: String?

  static let usualPrefix = "usher"
  static let usualPort = 2379
  private static let prefixLimit = 128

  /// How it is shown, and what this machine remembers the store by: without the user and the files, and with the members
  /// in one order, however they were named.
  package var text: String {
    let hosts = members.map { "\($0.bracketedHost):\($0.port)" }.sorted()
    return "\(scheme)://\(hosts.joined(separator: ","))/\(prefix)"
  }

  /// The same address for another process.
  package var argument: String {
    let hosts = members.map { "\($0.bracketedHost):\($0.port)" }.joined(separator: ",")
    let files = [("ca", authorityFile), ("cert", certificateFile), ("key", keyFile)].compactMap {
      name, path in path.map { "\(name)=\($0)" }
    }
    let query = files.isEmpty ? "" : "?\(files.joined(separator: "&"))"
    return "\(scheme)://\(user.map { "\($0)@" } ?? "")\(hosts)/\(prefix)\(query)"
  }

  private var scheme: String { isSecure ? "etcds" : "etcd" }

  /// - Parameters:
  ///   - rest: what stands behind the scheme and its colon.
  ///   - source: what says so, for errors: `--store`.
  ///   - folder: what relative names of files are relative to.
  init(
    _ rest: Substring, isSecure: Bool, source: String, folder: String
  ) throws(StoreError) {
    guard rest.hasPrefix("//") else { throw Self.misread(source, "no // stands before its hosts") }
    let parts = rest.dropFirst(2).split(
      separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let place = parts[0].split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    let (user, hosts) = try Self.user(in: place[0], source)
    self.isSecure = isSecure
    self.user = user
    members = try Self.members(hosts, isSecure, source)
    prefix = try Self.prefix(place.count > 1 ? place[1] : "", source)
    let files = try Self.files(parts.count > 1 ? parts[1] : "", source)
    authorityFile = files["ca"].map { FilePath.absolute($0, in: folder) }
    certificateFile = files["cert"].map { FilePath.absolute($0, in: folder) }
    keyFile = files["key"].map { FilePath.absolute($0, in: folder) }
    guard isSecure || files.isEmpty else {
      throw Self.misread(source, "etcd:// has no TLS, and takes no certificates: write etcds://")
    }
    guard (certificateFile == nil) == (keyFile == nil) else {
      throw Self.misread(source, "cert and key are given together")
    }
    guard isSecure || user == nil || members.allSatisfy(\.isOfThisMachine) else {
      throw Self.misread(
        source, "the password would cross the network for everybody to read: write etcds://")
    }
  }

  private static func user(
    in authority: Substring, _ source: String
  ) throws(StoreError) -> (user: String?, hosts: Substring) {
    guard let at = authority.lastIndex(of: "@") else { return (nil, authority) }
    let user = authority[..<at]
    guard !user.contains(":") else {
      throw .failed(
        Explanation(
          what: "\(source) has a password in it, and is not used",
          why: "whoever sees the command line, the settings or a log would have it",
          advice: "leave the password out: it is asked for, or comes by --store-password-fd N"))
    }
    guard !user.isEmpty, user.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw misread(source, "no user stands before its @")
    }
    return (String(user), authority[authority.index(after: at)...])
  }

  private static func members(
    _ hosts: Substring, _ isSecure: Bool, _ source: String
  ) throws(StoreError) -> [Origin] {
    var members: [Origin] = []
    for text in hosts.split(separator: ",", omittingEmptySubsequences: false) {
      guard let host = HostAndPort(text) else { throw misread(source, "\"\(text)\" is no host") }
      let member = Origin(
        scheme: isSecure ? .https : .http, host: host.host, port: host.port ?? usualPort)
      if !members.contains(member) { members.append(member) }
    }
    return members
  }

  private static func prefix(_ text: Substring, _ source: String) throws(StoreError) -> String {
    var text = text
    while text.hasSuffix("/") { text = text.dropLast() }
    if text.isEmpty { return usualPrefix }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    let isPlain = text.utf8.allSatisfy {
      $0 == UInt8(ascii: "/") || $0.isLetter || $0.isDigit || "-_.".utf8.contains($0)
    }
    guard isPlain, !parts.contains(""), text.utf8.count <= prefixLimit else {
      throw misread(
        source, "its prefix is not made of letters, digits, - _ . and single slashes")
    }
    return String(text)
  }

  private static func files(
    _ query: Substring, _ source: String
  ) throws(StoreError) -> [String: String] {
    var files: [String: String] = [:]
    for part in query.split(separator: "&") {
      let words = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = String(words[0])
      guard ["ca", "cert", "key"].contains(name), words.count == 2, !words[1].isEmpty,
        files[name] == nil
      else { throw misread(source, "behind the ? stand ca=FILE, cert=FILE and key=FILE") }
      files[name] = String(words[1])
    }
    return files
  }

  private static func misread(_ source: String, _ why: String) -> StoreError {
    .failed(
      Explanation(
        what: "\(source) does not name a team's store", why: why,
        advice: "write it like etcds://user@etcd-1:2379,etcd-2:2379/usher?ca=/etc/ssl/team.pem"))
  }
}

extension Origin {
  /// Whether the host by its name alone is this machine.
  fileprivate var isOfThisMachine: Bool {
    host == "localhost" || host == "::1"
      || host.hasPrefix("127.") && HostAndPort(host) != nil
        && host.utf8.allSatisfy { $0.isDigit || $0 == UInt8(ascii: ".") }
  }
}
