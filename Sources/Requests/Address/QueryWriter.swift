internal import Basics
internal import Secrets

/// Sets parameters in an address that may have a query already. The whole query is then written anew as form data,
/// which is what the reference engine sends.
struct QueryWriter: ~Copyable {
  private var address = SecretWriter()
  private var needsAmpersand = false
  /// The names of the parameters that have been set.
  private var written: Set<String> = []
  private let isRedacting: Bool

  private init(isRedacting: Bool) { self.isRedacting = isRedacting }

  /// A parameter takes the place of the first of its name, and the others of that name go; one that is not there yet
  /// comes at the end. Nil when the address becomes too long.
  ///
  /// - Parameter isRedacting: whether a mark that stands for a secret is kept as it is.
  static func set(
    _ parameters: borrowing SecretMap<String>, in address: RawSpan, isRedacting: Bool
  ) -> SecretBuffer? {
    var query = QueryWriter(isRedacting: isRedacting)
    let mark = address.firstOffset { $0 == UInt8(ascii: "?") } ?? address.byteCount
    query.address.append(address.extracting(0..<mark))
    query.address.append(UInt8(ascii: "?"))
    var start = mark + 1
    while start < address.byteCount {
      let end =
        address.firstOffset(from: start) { $0 == UInt8(ascii: "&") } ?? address.byteCount
      if end > start { query.copy(address.extracting(start..<end), unlessSetBy: parameters) }
      start = end + 1
    }
    for name in parameters.keys { query.write(name, of: parameters) }
    return query.finish()
  }

  private consuming func finish() -> SecretBuffer? { address.finish() }

  /// Writes a parameter once.
  private mutating func write(_ name: String, of parameters: borrowing SecretMap<String>) {
    guard written.insert(name).inserted else { return }
    parameters.withBytes(of: name) { value in
      name.withBytes { append($0, value) }
    }
  }

  private mutating func copy(_ pair: RawSpan, unlessSetBy parameters: borrowing SecretMap<String>) {
    let equals = pair.firstOffset { $0 == UInt8(ascii: "=") } ?? pair.byteCount
    let name = SecretBuffer(formDecoding: pair.extracting(0..<equals))
    let value = SecretBuffer(
      formDecoding: pair.extracting(min(equals + 1, pair.byteCount)..<pair.byteCount))
    let set = name.withBytes { name in parameters.keys.first { name.equals($0.utf8) } }
    if let set { return write(set, of: parameters) }
    name.withBytes { name in value.withBytes { append(name, $0) } }
  }

  private mutating func append(_ name: RawSpan, _ value: RawSpan) {
    if needsAmpersand { address.append(UInt8(ascii: "&")) }
    needsAmpersand = true
    address.append(formEncoded: name)
    address.append(UInt8(ascii: "="))
    if isRedacting, value.firstOffset(of: Redactor.mark.utf8) != nil {
      address.append(text: Redactor.mark)
    } else {
      address.append(formEncoded: value)
    }
  }
}
