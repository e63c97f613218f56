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

  /// What the host may be called after, the likeliest first: `tally` and `app` of `app.tally.so`, `acme` of `acme.co.uk`.
  var names: [String] {
    host.split(separator: ".").dropLast().reversed().filter { !Self.seconds.contains($0) }
      .map(String.init)
  }

  /// Whether the two are of one site: the same host, or one below the other.
  func isAt(_ other: WebDomain) -> Bool {
    host == other.host || host.hasSuffix("." + other.host) || other.host.hasSuffix("." + host)
  }

  /// Labels of second levels, and those that say nothing of whose host it is.
  private static let seconds: Set<Substring> = [
    "ac", "api", "app", "auth", "co", "com", "edu", "gov", "login", "net", "org", "www",
  ]
}

extension CatalogueEntry {
  /// Whether the provider has said that this is its domain.
  func answers(to domain: WebDomain) -> Bool {
    self.domain.flatMap(WebDomain.init)?.isAt(domain) ?? false
  }
}
