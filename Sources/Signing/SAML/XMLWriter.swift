internal import Basics
internal import Secrets

/// Writes XML in its canonical form (Canonical XML, which the exclusive form shares): no declaration, no empty-element
/// tags, the same escapes everywhere. What is signed is then what is sent, and nothing has to be read again.
///
/// The caller keeps to the form's order of attributes: namespaces by prefix, then the others by name.
struct XMLWriter: ~Copyable {
  private var text = SecretWriter()
  private var open: [String] = []
  /// Whether something was written that XML cannot hold, such as a control character.
  private(set) var isBroken = false

  init() {}

  mutating func begin(_ name: String, _ attributes: KeyValuePairs<String, String> = [:]) {
    text.append(text: "<\(name)")
    for (name, value) in attributes {
      value.withBytes { attribute(name, $0) }
    }
    text.append(UInt8(ascii: ">"))
    open.append(name)
  }

  /// Begins an element whose last attribute may be a secret.
  mutating func begin(
    _ name: String, _ attributes: KeyValuePairs<String, String> = [:], last: String,
    _ value: RawSpan
  ) {
    text.append(text: "<\(name)")
    for (name, value) in attributes {
      value.withBytes { attribute(name, $0) }
    }
    attribute(last, value)
    text.append(UInt8(ascii: ">"))
    open.append(name)
  }

  /// Ends the element that was begun last.
  mutating func end() {
    guard let name = open.popLast() else { return }
    text.append(text: "</\(name)>")
  }

  mutating func element(
    _ name: String, _ attributes: KeyValuePairs<String, String> = [:], text content: String
  ) {
    begin(name, attributes)
    content.withBytes { characters($0) }
    end()
  }

  mutating func element(
    _ name: String, _ attributes: KeyValuePairs<String, String> = [:], bytes content: RawSpan
  ) {
    begin(name, attributes)
    characters(content)
    end()
  }

  mutating func characters(_ content: RawSpan) {
    checkCharacters(content)
    for offset in 0..<content.byteCount {
      switch content[offset] {
      case UInt8(ascii: "&"): text.append(text: "&amp;")
      case UInt8(ascii: "<"): text.append(text: "&lt;")
      case UInt8(ascii: ">"): text.append(text: "&gt;")
      case 0x0D: text.append(text: "&#xD;")
      default: text.append(content[offset])
      }
    }
  }

  /// Puts in what another writer wrote.
  mutating func raw(_ xml: RawSpan) { text.append(xml) }

  /// What has been written so far; nil when it is too long or no XML.
  consuming func finish() -> SecretBuffer? {
    if isBroken { return nil }
    return text.finish()
  }

  private mutating func attribute(_ name: String, _ value: RawSpan) {
    checkCharacters(value)
    text.append(text: " \(name)=\"")
    for offset in 0..<value.byteCount {
      switch value[offset] {
      case UInt8(ascii: "&"): text.append(text: "&amp;")
      case UInt8(ascii: "<"): text.append(text: "&lt;")
      case UInt8(ascii: "\""): text.append(text: "&quot;")
      case 0x09: text.append(text: "&#x9;")
      case 0x0A: text.append(text: "&#xA;")
      case 0x0D: text.append(text: "&#xD;")
      default: text.append(value[offset])
      }
    }
    text.append(UInt8(ascii: "\""))
  }

  /// XML 1.0 has no other control characters than these, and no U+FFFE and U+FFFF, however they are written.
  private mutating func checkCharacters(_ content: RawSpan) {
    content.forEachScalar { decoded, _ in
      switch decoded.scalar?.value {
      case nil, 0xFFFE, 0xFFFF: isBroken = true
      case .some(let value) where value < 0x20: isBroken = ![0x09, 0x0A, 0x0D].contains(value)
      case .some: break
      }
      return !isBroken
    }
  }
}
