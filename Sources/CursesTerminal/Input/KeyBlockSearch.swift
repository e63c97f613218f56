internal import Basics

/// Whether a text that grows stands inside of a key file: behind its BEGIN line and before its END line. Each byte is
/// looked at once.
struct KeyBlockSearch {
  private static let begin = Array("-----BEGIN ".utf8)
  private static let end = Array("-----END ".utf8)
  private static let dashes = Array("-----".utf8)

  private(set) var isInside = false
  /// Before it nothing has to be looked for any more.
  private var position = 0

  /// Looks at what was added to the text.
  mutating func goOn(in text: RawSpan) {
    while true {
      let mark = isInside ? KeyBlockSearch.end : KeyBlockSearch.begin
      guard let found = text.firstOffset(of: mark, from: position) else {
        // A mark may have begun at the end.
        position = max(position, text.byteCount - mark.count + 1)
        return
      }
      position = found + mark.count
      if isInside {
        guard let close = text.firstOffset(of: KeyBlockSearch.dashes, from: position) else {
          position = found
          return
        }
        position = close + KeyBlockSearch.dashes.count
      }
      isInside.toggle()
    }
  }
}
