import Basics
import ProviderFormat

/// Requests that a table of flows expects, held against those that were worked out.
struct FlowComparison {
  /// How many parts of the table were looked at, by their names, and those that are not equal.
  private(set) var counts: [String: (compared: Int, equal: Int)] = [:]
  private(set) var unequal: [String] = []
  /// Parts of the table that it has no request for itself.
  private(set) var skipped = 0

  var compared: Int { counts.values.reduce(0) { $0 + $1.compared } }

  /// The parts that are one request, or one address.
  private static let parts = [
    "register", "request_token", "authorize", "token", "user_token", "refresh", "user_refresh",
    "request",
  ]

  mutating func compare(_ name: String, _ expected: Value, _ found: Value?) {
    for part in Self.parts { compare(name, part, expected, found) }
    check(
      name, "discovery", expected["discovery"]?["requests"], found?["discovery"]?["requests"],
      or: nil)
    for (index, step) in (expected["steps"]?.list ?? []).enumerated() {
      let own = found?["steps"]?.list
      check(
        "\(name) [\(index)]", "steps", step["request"],
        own.flatMap { index < $0.count ? $0[index]["request"] : nil }, or: nil)
    }
    if let page = expected["next_page"] {
      let other = differing("next_page", expected)
      for part in ["first", "request"] {
        check(
          name, "next_page.\(part)", page[part], found?["next_page"]?[part], or: other?[part])
      }
    }
    for variant in expected["variants"]?.map?.members ?? [] {
      compare("\(name) \(variant.key)", variant.value, found?["variants"]?[variant.key])
    }
  }

  private mutating func compare(
    _ name: String, _ part: String, _ expected: Value, _ found: Value?
  ) {
    check(name, part, expected[part], found?[part], or: differing(part, expected))
  }

  /// What the source sends where the table knows that it differs.
  private func differing(_ part: String, _ expected: Value) -> Value? {
    (expected["differs"]?.list ?? []).first { $0["where"]?.text == part }?["source"]
  }

  private mutating func check(
    _ name: String, _ part: String, _ expected: Value?, _ found: Value?, or other: Value?
  ) {
    guard var expected, expected != .null else { return }
    // What a server is made to answer is no part of the request.
    if part == "register", var map = expected.map {
      map["answer"] = nil
      expected = .map(map)
    }
    guard expected["skipped"] == nil else {
      skipped += 1
      return
    }
    counts[part, default: (0, 0)].compared += 1
    let found = found.map(Self.normal)
    if found == Self.normal(expected) || found != nil && found == other.map(Self.normal) {
      counts[part, default: (0, 0)].equal += 1
      return
    }
    unequal.append(
      "\(name) \(part): expected \(Self.normal(expected).json), found \(found?.json ?? "nothing")")
  }

  /// With members in one order, and with query and form as the pairs that they are.
  private static func normal(_ value: Value) -> Value {
    guard let map = value.map else { return value }
    let isForm =
      map["headers"]?["content-type"]?.text?.hasPrefix("application/x-www-form-urlencoded") == true
    return .map(
      .init(
        map.members.map { member in
          var value = normal(member.value)
          if member.key == "url", let text = value.text { value = address(text) }
          if member.key == "body", isForm, let text = value.text { value = pairs(text[...]) }
          return .init(key: member.key, value: value)
        }.sorted { $0.key < $1.key }))
  }

  private static func address(_ text: String) -> Value {
    let parts = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    return .list([.string(String(parts[0])), pairs(parts.count > 1 ? parts[1] : "")])
  }

  private static func pairs(_ text: Substring) -> Value {
    .list(text.split(separator: "&").map { .string(decoded($0)) })
  }

  private static func decoded(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = text.utf8
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), let code = UInt8(String(rest.prefix(2)) ?? "", radix: 16) {
        bytes.append(code)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
