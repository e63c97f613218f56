internal import Basics

/// A file with places for values: `{{ tally.apiKey }}`. Blanks inside the braces are free; the whole stands on one line.
/// Where `{{` itself is meant it is written twice: `{{{{`.
///
/// The text holds no secret, and is kept on the plain heap. What comes of it is made by a `FillPlan`.
package struct FileTemplate: Sendable {
  /// The most bytes that a template may have: far more than a configuration file, and read in no time.
  package static let limit = 1024 * 1024
  /// Of the name between the braces, in bytes. No name of a value comes near it, and a search for the end stays short.
  private static let nameLimit = 512

  let bytes: [UInt8]
  /// In the order in which they stand.
  let marks: [TemplateMark]

  /// - Parameter bytes: at most `limit`, without a byte order mark.
  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
    marks = bytes.withBytes(FileTemplate.marks)
  }

  /// The same text, of the same length, with letters where a value stands, and behind the `{{` of a `{{{{`: what the reader
  /// of a format sees.
  func masked() -> [UInt8] {
    var text = bytes
    for mark in marks {
      switch mark.kind {
      case .value: for offset in mark.range { text[offset] = TemplateMark.mask }
      case .braces:
        for offset in mark.range.dropFirst(2) { text[offset] = TemplateMark.mask }
      case .unclosed: break
      }
    }
    return text
  }

  private static func marks(in text: RawSpan) -> [TemplateMark] {
    var marks: [TemplateMark] = []
    var counter = PlaceCounter()
    var offset = 0
    while let start = text.firstOffset(of: "{{".utf8, from: offset) {
      let place = counter.place(at: start, in: text)
      let (kind, end) = mark(at: start, in: text)
      marks.append(TemplateMark(kind: kind, range: start..<end, place: place))
      offset = end
    }
    return marks
  }

  private static func mark(at start: Int, in text: RawSpan) -> (TemplateMark.Kind, end: Int) {
    if text.has("{{{{".utf8, at: start) { return (.braces, start + 4) }
    let name = start + 2
    var end = name
    let last = min(text.byteCount - 2, name + nameLimit)
    while end <= last, !text[end].isLineEnd, !text.has("{{".utf8, at: end) {
      if text.has("}}".utf8, at: end) {
        let range = text.trimmed(name..<end, where: \.isBlank)
        return (.value(name: text.shownText(range)), end + 2)
      }
      end += 1
    }
    return (.unclosed, name)
  }
}

/// Something in a template that is no text of the file.
struct TemplateMark: Sendable {
  enum Kind: Equatable, Sendable {
    /// The name as it is written, without the blanks around it.
    case value(name: String)
    /// `{{{{`, which stands for `{{`.
    case braces
    /// A `{{` to which no `}}` belongs.
    case unclosed
  }

  /// A letter that no format gives a meaning behind a backslash, or anywhere else.
  static let mask = UInt8(ascii: "k")

  let kind: Kind
  let range: Range<Int>
  let place: TextPlace
}
