internal import Basics
internal import Secrets

/// Parameters as signatures of OAuth 1.0a (RFC 5849, section 3.4.1.3.2) and AWS want them: every name and value
/// percent-encoded alike, sorted by name and then by value.
struct CanonicalParameters: ~Copyable {
  private var text = SecretWriter()
  private var pairs: [(name: Range<Int>, value: Range<Int>)] = []

  init() {}

  mutating func append(name: RawSpan, value: RawSpan) {
    let start = text.count
    text.append(percentEncoded: name)
    let middle = text.count
    text.append(percentEncoded: value)
    pairs.append((start..<middle, middle..<text.count))
  }

  mutating func append(name: String, value: RawSpan) {
    name.withBytes { append(name: $0, value: value) }
  }

  /// Adds the parameters of a query or of a form, decoding what is encoded there.
  mutating func append(form: RawSpan) {
    var start = 0
    while start < form.byteCount {
      let end = form.firstOffset(from: start) { $0 == UInt8(ascii: "&") } ?? form.byteCount
      if end > start {
        let pair = form.extracting(start..<end)
        let equals = pair.firstOffset { $0 == UInt8(ascii: "=") } ?? pair.byteCount
        let name = SecretBuffer(formDecoding: pair.extracting(0..<equals))
        let value = SecretBuffer(
          formDecoding: pair.extracting(min(equals + 1, pair.byteCount)..<pair.byteCount))
        name.withBytes { name in value.withBytes { append(name: name, value: $0) } }
      }
      start = end + 1
    }
  }

  /// `a=1&a=2&b=`; nil when it is too long.
  consuming func joined() -> SecretBuffer? {
    let sorted = text.withBytes { bytes in
      pairs.sorted { one, other in
        let order = bytes.extracting(one.name).order(before: bytes.extracting(other.name))
        return order
          ?? bytes.extracting(one.value).order(before: bytes.extracting(other.value)) ?? false
      }
    }
    var joined = SecretWriter()
    text.withBytes { bytes in
      for (index, pair) in sorted.enumerated() {
        if index > 0 { joined.append(UInt8(ascii: "&")) }
        joined.append(bytes.extracting(pair.name))
        joined.append(UInt8(ascii: "="))
        joined.append(bytes.extracting(pair.value))
      }
    }
    return joined.finish()
  }
}

extension RawSpan {
  /// Whether these bytes come before others; nil when they are the same.
  fileprivate func order(before other: RawSpan) -> Bool? {
    for offset in 0..<min(byteCount, other.byteCount) where self[offset] != other[offset] {
      return self[offset] < other[offset]
    }
    return byteCount == other.byteCount ? nil : byteCount < other.byteCount
  }
}
