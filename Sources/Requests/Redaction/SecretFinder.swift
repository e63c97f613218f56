internal import Basics
internal import Secrets

/// Finds pieces of secrets in a text: the text's windows go into a table, and the secret is slid over it in each form
/// in which it could have been written. So the secret itself is copied nowhere.
struct SecretFinder {
  /// Folded window → where it begins in the text.
  private var windows: [UInt64: [Int]] = [:]
  private var isMarked: [Bool]
  private let text: [UInt8]

  init(_ text: RawSpan) {
    self.text = (0..<text.byteCount).map { text[$0].folded }
    isMarked = Array(repeating: false, count: text.byteCount)
    var window = RollingWindow()
    for (offset, byte) in self.text.enumerated() {
      guard let key = window.add(byte) else { continue }
      windows[key, default: []].append(offset - Redactor.window + 1)
    }
  }

  /// Marks all pieces of a secret: as it is, in Base64 at each of its three alignments, percent-encoded, and escaped
  /// for JSON.
  mutating func mark(_ secret: RawSpan) {
    guard !secret.isEmpty else { return }
    markForm(secret)
    for shift in 0..<3 {
      var shifted = SecretWriter()
      for _ in 0..<shift { shifted.append(0) }
      shifted.append(secret)
      var encoded = SecretWriter()
      shifted.withBytes { encoded.append(base64: $0) }
      // The first characters and the last group hold bits of what stands beside the secret.
      encoded.withBytes { bytes in
        let start = shift == 0 ? 0 : shift + 1
        let end = bytes.byteCount - ((secret.byteCount + shift) % 3 == 0 ? 0 : 3)
        if start < end { markForm(bytes.extracting(start..<end)) }
      }
    }
    var percent = SecretWriter()
    percent.append(percentEncoded: secret)
    percent.withBytes { markForm($0) }
    var json = SecretJSONWriter()
    json.string(secret)
    json.finish()?.withBytes { bytes in
      if bytes.byteCount > 2 { markForm(bytes.extracting(1..<bytes.byteCount - 1)) }
    }
  }

  /// The text with a mark in place of each marked piece.
  func replaced(_ original: RawSpan) -> [UInt8] {
    var result: [UInt8] = []
    var wasMarked = false
    for offset in 0..<original.byteCount {
      if isMarked[offset] {
        if !wasMarked { result += Redactor.mark.utf8 }
      } else {
        result.append(original[offset])
      }
      wasMarked = isMarked[offset]
    }
    return result
  }

  private mutating func markForm(_ form: RawSpan) {
    if form.byteCount < Redactor.window { return markWhole(form) }
    var window = RollingWindow()
    for offset in 0..<form.byteCount {
      // Each window is marked once, so that repetitions cost nothing.
      guard let key = window.add(form[offset].folded),
        let starts = windows.removeValue(forKey: key)
      else { continue }
      for start in starts {
        for index in start..<start + Redactor.window { isMarked[index] = true }
      }
    }
  }

  /// A secret shorter than a window is taken out where it stands whole, from four characters on.
  private mutating func markWhole(_ form: RawSpan) {
    guard form.byteCount >= 4, text.count >= form.byteCount else { return }
    for start in 0...text.count - form.byteCount {
      let isThere = (0..<form.byteCount).allSatisfy { text[start + $0] == form[$0].folded }
      if isThere { for index in start..<start + form.byteCount { isMarked[index] = true } }
    }
  }
}

/// The last eight bytes as one number.
private struct RollingWindow {
  private var value: UInt64 = 0
  private var count = 0

  /// Nil until there are eight.
  mutating func add(_ byte: UInt8) -> UInt64? {
    value = value << 8 | UInt64(byte)
    count += 1
    return count >= Redactor.window ? value : nil
  }
}

extension UInt8 {
  /// Without the differences that an echo may bring: case, and the two alphabets of Base64.
  fileprivate var folded: UInt8 {
    switch self {
    case UInt8(ascii: "-"): UInt8(ascii: "+")
    case UInt8(ascii: "_"): UInt8(ascii: "/")
    default: asciiLowercased
    }
  }
}
