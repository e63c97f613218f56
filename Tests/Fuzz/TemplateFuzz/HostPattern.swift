import Basics

@testable import GuideText
@testable import ProviderFormat

/// What of an address's host a template has fixed: the text before its first placeholder and behind its last one. Read
/// in another way than the program reads it.
struct HostPattern {
  private var prefix = ""
  private var suffix = ""
  private var isFilled = false

  /// Nil for a template that does not begin with a scheme of its own.
  init?(_ template: String) {
    let parts = Template(template).parts
    guard case .literal(let start) = parts.first,
      let scheme = ["https://", "http://"].first(where: { start.hasPrefix($0) })
    else { return nil }
    for (index, part) in parts.enumerated() {
      guard case .literal(let text) = part else {
        isFilled = true
        suffix = ""
        continue
      }
      let rest = index == 0 ? text.dropFirst(scheme.count) : text[...]
      let host = rest.prefix { !"/?#".contains($0) }
      if isFilled { suffix += host } else { prefix += host }
      if host.endIndex < rest.endIndex { return }
    }
  }

  func allows(_ origin: Origin) -> Bool {
    // A port can be left out, so only hosts are compared.
    let host = origin.bracketedHost
    let (before, after) = (Self.host(prefix), Self.host(suffix))
    if before.hasPrefix("[") {
      // What was read of an IPv6 address is in its canonical notation; of one in parts only that it is one can be told.
      guard !isFilled else { return origin.host.contains(":") }
      return IPAddress(String(before.dropFirst().dropLast()))?.description == origin.host
    }
    if !isFilled { return host == before }
    return host.hasPrefix(before) && host.hasSuffix(after)
      && host.utf8.count >= before.utf8.count + after.utf8.count
  }

  /// In lower case and without what follows a colon that is not within brackets.
  private static func host(_ text: String) -> String {
    let text = text.lowercased()
    if text.hasPrefix("["), let close = text.firstIndex(of: "]") { return String(text[...close]) }
    return String(text.prefix { $0 != ":" })
  }
}
