internal import Secrets

/// Adds parameters to an address that may have a query already. The whole query is then written anew as form data,
/// which is what the reference engine sends.
struct QueryWriter: ~Copyable {
  private var address = SecretWriter()
  private var needsAmpersand = false
  /// Parameters that are added take the place of those of the same name.
  private let replaced: Set<String>

  /// - Parameter replaced: the names that `append` will be called with.
  init(_ address: RawSpan, replacing replaced: Set<String>) {
    self.replaced = replaced
    let mark = address.firstOffset { $0 == UInt8(ascii: "?") } ?? address.byteCount
    self.address.append(address.extracting(0..<mark))
    self.address.append(UInt8(ascii: "?"))
    var start = mark + 1
    while start < address.byteCount {
      let end =
        address.firstOffset(from: start) { $0 == UInt8(ascii: "&") } ?? address.byteCount
      if end > start { keep(address.extracting(start..<end)) }
      start = end + 1
    }
  }

  mutating func append(_ name: String, _ value: RawSpan) {
    separate()
    SecretBuffer(text: name, capacity: 1).withBytes { address.append(formEncoded: $0) }
    address.append(UInt8(ascii: "="))
    address.append(formEncoded: value)
  }

  /// A value that stands for a secret and is shown as it is.
  mutating func append(_ name: String, mark: String) {
    separate()
    address.append(text: "\(name)=\(mark)")
  }

  consuming func finish() -> SecretBuffer? { address.finish() }

  private mutating func keep(_ pair: RawSpan) {
    let equals = pair.firstOffset { $0 == UInt8(ascii: "=") } ?? pair.byteCount
    let name = SecretBuffer(formDecoding: pair.extracting(0..<equals))
    let value = SecretBuffer(
      formDecoding: pair.extracting(min(equals + 1, pair.byteCount)..<pair.byteCount))
    let isReplaced = name.withBytes { name in replaced.contains { name.equals($0.utf8) } }
    if isReplaced { return }
    separate()
    name.withBytes { address.append(formEncoded: $0) }
    address.append(UInt8(ascii: "="))
    value.withBytes { address.append(formEncoded: $0) }
  }

  private mutating func separate() {
    if needsAmpersand { address.append(UInt8(ascii: "&")) }
    needsAmpersand = true
  }
}
