/// An address, or the beginning of one, that somebody typed or pasted to find whose it is: `tally.so`,
/// `https://app.tally.so/forms/1`.
struct HostQuery {
  private let host: String
  private let domain: Substring

  /// Nil when there is no dot in it, or what no host has.
  init?(_ text: String) {
    var rest = text[...]
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    if let scheme = rest.firstRange(of: "://") { rest = rest[scheme.upperBound...] }
    rest = rest.prefix { !"/?#".contains($0) }
    if let user = rest.lastIndex(of: "@") { rest = rest[rest.index(after: user)...] }
    rest = rest.prefix { $0 != ":" }
    var host = rest.lowercased()[...]
    if host.hasPrefix("www.") { host = host.dropFirst(4) }
    guard host.contains("."), host.first != ".",
      host.unicodeScalars.allSatisfy({
        $0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "." || $0 == "-"
      })
    else { return nil }
    while host.last == "." { host.removeLast() }
    self.host = String(host)
    domain = HostQuery.domain(of: self.host[...])
  }

  /// How well the hosts of an entry fit: the very one or one below it, another one of the same domain, or a beginning.
  func rank(of hosts: [Substring]) -> SearchRank? {
    hosts.compactMap { other -> SearchRank? in
      if other == host || other.hasSuffix("." + host) { return .exact }
      let otherDomain = HostQuery.domain(of: other)
      if otherDomain == domain { return .prefix }
      return other.hasPrefix(host) || otherDomain.hasPrefix(host) ? .words : nil
    }.min()
  }

  /// The part that is somebody's: the last two names, or three where registries sell names below `co.uk` and the like.
  private static func domain(of host: Substring) -> Substring {
    let names = host.split(separator: ".")
    guard names.count > 2, let last = names.last else { return host }
    let isShared = last.count == 2 && shared.contains(String(names[names.count - 2]))
    let wanted = isShared ? 3 : 2
    return names.count > wanted ? host[names[names.count - wanted].startIndex...] : host
  }

  private static let shared: Set<String> = [
    "ac", "co", "com", "edu", "go", "gov", "ne", "net", "or", "org",
  ]
}
