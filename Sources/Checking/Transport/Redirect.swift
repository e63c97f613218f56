internal import Basics

/// What to do with an answer that points elsewhere.
enum Redirect {
  /// The statuses that name a new address for the same question. 300, 304 and 305 are answers like any other.
  static func isRedirect(_ status: Int) -> Bool { [301, 302, 303, 307, 308].contains(status) }

  /// The method for the next request, by the rules that browsers follow (WHATWG fetch): 303 asks with GET, and so do
  /// 301 and 302 after POST. The body goes when the method changes.
  static func method(after method: String, status: Int) -> String {
    switch status {
    case 303: method == "HEAD" ? "HEAD" : "GET"
    case 301, 302: method == "POST" ? "GET" : method
    default: method
    }
  }
}

extension WebAddress {
  /// Where a `Location` header leads from here (RFC 3986, 5.2); nil when it is not a web address.
  package func resolving(_ location: String) -> WebAddress? {
    let reference = location.prefix { $0 != "#" }
    if let colon = reference.firstIndex(of: ":"),
      reference[..<colon].utf8.allSatisfy({ $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") })
    {
      return WebAddress(String(reference))?.normalized
    }
    let base = "\(origin.scheme.rawValue):"
    if reference.hasPrefix("//") { return WebAddress(base + reference)?.normalized }
    let origin = "\(base)//\(origin.bracketedHost):\(origin.port)"
    let path = target.prefix { $0 != "?" }
    let merged: String
    if reference.isEmpty {
      merged = target
    } else if reference.hasPrefix("/") {
      merged = String(reference)
    } else if reference.hasPrefix("?") {
      merged = String(path + reference)
    } else {
      merged = String(path[...(path.lastIndex(of: "/") ?? path.startIndex)] + reference)
    }
    return WebAddress(origin + merged)?.normalized
  }

  /// The same address without `.` and `..` segments.
  private var normalized: WebAddress {
    let path = target.prefix { $0 != "?" }
    let segments = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
    var kept: [Substring] = []
    for segment in segments {
      switch segment {
      case ".": break
      case "..": _ = kept.popLast()
      default: kept.append(segment)
      }
    }
    if segments.last == "." || segments.last == ".." { kept.append("") }
    let query = target.dropFirst(path.count)
    return WebAddress(origin: origin, target: "/\(kept.joined(separator: "/"))\(query)")
  }
}
