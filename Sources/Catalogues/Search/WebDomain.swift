internal import Basics

/// A web address or a host's name in place of a provider's: `tally.so`, `https://app.tally.so/settings`.
struct WebDomain {
  /// In lower case, without `www.`.
  let host: String

  /// Nil for a text that is no host with a dot in it.
  init?(_ text: String) {
    var rest = text.lowercased()[...]
    if let scheme = rest.firstRange(of: "://") { rest = rest[scheme.upperBound...] }
    if let at = rest.lastIndex(of: "@") { rest = rest[rest.index(after: at)...] }
    rest = rest.prefix { !"/?#:".contains($0) }
    if rest.hasPrefix("www.") { rest = rest.dropFirst(4) }
    let labels = rest.split(separator: ".", omittingEmptySubsequences: false)
    guard labels.count > 1,
      labels.allSatisfy({ label in
        !label.isEmpty
          && label.utf8.allSatisfy {
            $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "-") || $0 >= 0x80
          }
      })
    else { return nil }
    host = String(rest)
  }

  /// What the host is most likely called after: the label before the last one, `tally` of `app.tally.so`. Of a country's
  /// second level (`acme.co.uk`) the one before that.
  var name: String {
    var labels = host.split(separator: ".").dropLast()
    while labels.count > 1, let last = labels.last, Self.seconds.contains(last) {
      labels.removeLast()
    }
    return labels.last.map(String.init) ?? host
  }

  /// Whether the two are of one site: the same host, or one below the other.
  func isAt(_ other: WebDomain) -> Bool {
    host == other.host || host.hasSuffix("." + other.host) || other.host.hasSuffix("." + host)
  }

  private static let seconds: Set<Substring> = ["ac", "co", "com", "edu", "gov", "net", "org"]
}

extension CatalogueEntry {
  /// Whether the provider has said that this is its domain.
  func answers(to domain: WebDomain) -> Bool {
    self.domain.flatMap(WebDomain.init)?.isAt(domain) ?? false
  }
}
