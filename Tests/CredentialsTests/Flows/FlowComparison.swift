import Basics
import ProviderFormat

/// Requests that a table of flows expects, held against those that were worked out.
struct FlowComparison {
  /// How many parts of the table were looked at, and those that are not equal.
  private(set) var compared = 0
  private(set) var unequal: [String] = []
  /// Parts of the table that it has no request for itself.
  private(set) var skipped = 0

  /// - Parameter isFormBased: whether the token is got by a form, so that its requests are among those worked out.
  mutating func compare(
    _ name: String, _ expected: Value, _ found: Value?, isFormBased: Bool
  ) {
    if isFormBased {
      for part in ["token", "refresh"] { compare(name, part, expected, found) }
    }
    for (index, step) in (expected["steps"]?.list ?? []).enumerated() {
      let own = found?["steps"]?.list
      check(
        "\(name) steps[\(index)]", step["request"],
        own.flatMap { index < $0.count ? $0[index]["request"] : nil }, or: nil)
    }
    compare(name, "request", expected, found)
    if let page = expected["next_page"] {
      let other = differing("next_page", expected)
      for part in ["first", "request"] {
        check(
          "\(name) next_page.\(part)", page[part], found?["next_page"]?[part], or: other?[part])
      }
    }
    for variant in expected["variants"]?.map?.members ?? [] {
      compare(
        "\(name) \(variant.key)", variant.value, found?["variants"]?[variant.key],
        isFormBased: isFormBased)
    }
  }

  private mutating func compare(
    _ name: String, _ part: String, _ expected: Value, _ found: Value?
  ) {
    check("\(name) \(part)", expected[part], found?[part], or: differing(part, expected))
  }

  /// What the source sends where the table knows that it differs.
  private func differing(_ part: String, _ expected: Value) -> Value? {
    (expected["differs"]?.list ?? []).first { $0["where"]?.text == part }?["source"]
  }

  private mutating func check(
    _ name: String, _ expected: Value?, _ found: Value?, or other: Value?
  ) {
    guard let expected, expected != .null else { return }
    guard expected["skipped"] == nil else {
      skipped += 1
      return
    }
    compared += 1
    let found = found.map(Self.normal)
    if found == Self.normal(expected) || found != nil && found == other.map(Self.normal) { return }
    unequal.append(
      "\(name): expected \(Self.normal(expected).json), found \(found?.json ?? "nothing")")
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
