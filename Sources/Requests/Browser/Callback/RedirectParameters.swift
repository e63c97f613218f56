internal import Basics
internal import Secrets

/// The parameters of the address that a browser came back with. They may be secrets.
struct RedirectParameters: ~Copyable {
  private(set) var values = SecretMap<String>()
  /// The names that stand there more than once.
  private(set) var repeated: Set<String> = []

  /// More than any provider sends; what stands behind them is not read.
  private static let most = 64
  /// In bytes: a longer name is none that is looked for.
  private static let longestName = 64

  /// - Parameter query: form data, as browsers send it.
  init(_ query: RawSpan) {
    var (start, count) = (0, 0)
    while start < query.byteCount, count < Self.most {
      let end = query.firstOffset(from: start) { $0 == UInt8(ascii: "&") } ?? query.byteCount
      let pair = query.extracting(start..<end)
      start = end + 1
      count += 1
      let mark = pair.firstOffset { $0 == UInt8(ascii: "=") } ?? pair.byteCount
      guard (1...Self.longestName).contains(mark) else { continue }
      let name = SecretBuffer(formDecoding: pair.extracting(0..<mark)).withBytes { $0.shownText }
      if values.contains(name) {
        repeated.insert(name)
        continue
      }
      values.set(
        name,
        to: SecretBuffer(
          formDecoding: pair.extracting(min(mark + 1, pair.byteCount)..<pair.byteCount)))
    }
  }

  /// Whether a parameter is there and not empty.
  borrowing func has(_ name: String) -> Bool { values.withBytes(of: name) { !$0.isEmpty } }

  /// A parameter that is not secret, made fit to be shown; nil when there is none.
  borrowing func words(_ name: String) -> String? {
    let text = values.withBytes(of: name) { bytes in
      PrintableText.oneLine(
        bytes.extracting(0..<min(bytes.byteCount, 4096)).copied(),
        atMost: Redactor.longestMessage)
    }
    return text.isEmpty ? nil : text
  }
}
