internal import Basics

/// What may be said of a JSON Web Key (RFC 7517): its kind, not its numbers.
package struct WebKeyFacts: Equatable, Sendable {
  /// Whether it has its private half, or is a shared secret.
  package let isPrivate: Bool
  /// Nil for a kind by which nothing is signed here.
  package let kind: KeyKind?
  /// Whether its `kid`, where it has one, is a text.
  package let hasGoodID: Bool

  package init(isPrivate: Bool, kind: KeyKind?, hasGoodID: Bool) {
    self.isPrivate = isPrivate
    self.kind = kind
    self.hasGoodID = hasGoodID
  }
}

extension KeyFileKind {
  /// A key or a set of keys in JSON; nil for anything else. Numbers and texts are skipped where they lie.
  static func ofJSON(_ text: RawSpan) -> KeyFileKind? {
    guard text.has("{".utf8) else { return nil }
    var (type, curve) = ("", "")
    var (isPrivate, hasGoodID, count) = (false, true, nil as Int?)
    do throws(JSONError) {
      var reader = JSONReader()
      try reader.object(text) { name, reader throws(JSONError) in
        switch name {
        case "kty": type = try reader.plainString(text)
        case "crv": curve = try reader.plainString(text)
        case "kid":
          hasGoodID = try reader.kind(text) == .string
          try reader.skip(text)
        case "keys":
          var keys = 0
          try reader.array(text) { reader throws(JSONError) in
            keys += 1
            try reader.skip(text)
          }
          count = keys
        default:
          if name == "d" || name == "k" { isPrivate = true }
          try reader.skip(text)
        }
      }
      try reader.end(text)
    } catch {
      return nil
    }
    if let count { return .webKeySet(count) }
    if type.isEmpty { return nil }
    return .webKey(
      WebKeyFacts(isPrivate: isPrivate, kind: kind(type, curve), hasGoodID: hasGoodID))
  }

  /// What a key is by its members `kty` and `crv`.
  static func kind(_ type: String, _ curve: String) -> KeyKind? {
    switch (type, curve) {
    case ("oct", _): .shared
    case ("RSA", _): .rsa
    case ("EC", "P-256"): .p256
    case ("EC", "P-384"): .p384
    case ("EC", "P-521"): .p521
    case ("OKP", "Ed25519"): .ed25519
    default: nil
    }
  }
}
