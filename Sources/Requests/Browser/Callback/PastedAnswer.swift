internal import Basics
internal import Secrets

/// A text that was copied out of a browser, put together again where it was broken on the way.
struct PastedAnswer: ~Copyable {
  /// Without what stands around it.
  let text: SecretBuffer
  /// Whether something was taken out of its middle.
  let isRepaired: Bool

  init(_ pasted: RawSpan) {
    let outer = pasted.trimmed(0..<pasted.byteCount) { $0.isBlank || "\"'<>`".utf8.contains($0) }
    let inner = pasted.extracting(outer)
    let isAddress = inner.hasIgnoringCase("http".utf8) || inner.has("?".utf8)
    var text = SecretBuffer(capacity: max(1, inner.byteCount))
    var offset = 0
    while offset < inner.byteCount {
      guard inner[offset].isBlank else {
        text.append(inner[offset])
        offset += 1
        continue
      }
      let end = inner.firstOffset(from: offset) { !$0.isBlank } ?? inner.byteCount
      let blanks = inner.extracting(offset..<end)
      // A line's end was put there by what showed the address. A blank alone is part of a text, but of no address.
      if !isAddress, !blanks.contains(where: { $0 != 0x20 }) { text.append(blanks) }
      offset = end
    }
    isRepaired = text.count < inner.byteCount
    self.text = text
  }
}
