internal import Basics
internal import Secrets

/// Finds pieces of secrets in a text: the text's windows go into a table, and the secret is slid over it in each form
/// in which it could have been written. So the secret itself is copied nowhere.
struct SecretFinder {
  /// For each byte of the text whether it is part of a secret.
  private(set) var isMarked: [Bool]
  private var views: [(sight: TextView.Sight, view: TextView)] = []

  init(_ text: RawSpan) {
    isMarked = Array(repeating: false, count: text.byteCount)
    for sight in TextView.Sight.allCases {
      let view = TextView(text, sight)
      // Where nothing is left out one way of looking is as good as the other.
      if sight == .all || view.bytes.count < text.byteCount { views.append((sight, view)) }
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

  private mutating func markForm(_ form: RawSpan) {
    if form.byteCount < Redactor.window { return markWhole(form) }
    for index in views.indices {
      let sight = views[index].sight
      var window = RollingWindow()
      var found: [Int] = []
      sight.forEach(form) { byte, _ in
        if let key = window.add(byte) { found += views[index].view.take(key) }
      }
      let view = views[index].view
      for start in found { mark(start..<start + Redactor.window, in: view) }
    }
  }

  /// A secret shorter than a window is taken out where it stands whole, from four characters on.
  private mutating func markWhole(_ form: RawSpan) {
    let view = views[0].view
    var wanted: [UInt8] = []
    views[0].sight.forEach(form) { byte, _ in wanted.append(byte) }
    guard wanted.count >= 4, view.bytes.count >= wanted.count else { return }
    for start in 0...view.bytes.count - wanted.count
    where view.bytes[start..<start + wanted.count].elementsEqual(wanted) {
      mark(start..<start + wanted.count, in: view)
    }
  }

  /// Marks what a piece of a view takes of the text, and what stands in between.
  private mutating func mark(_ piece: Range<Int>, in view: TextView) {
    let start = view.places[piece.lowerBound].lowerBound
    let end = view.places[piece.upperBound - 1].upperBound
    for index in start..<end { isMarked[index] = true }
  }
}
