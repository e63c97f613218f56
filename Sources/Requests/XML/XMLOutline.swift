internal import Basics

/// Where the elements of an XML document stand, for what has to know a whole element before it can go on. Nothing of the
/// text is copied but names: it may hold a token.
struct XMLOutline {
  struct Element {
    let name: String
    let attributes: [SecretXMLReader.Attribute]
    /// Indices into `elements`.
    var children: [Int] = []
    /// Pieces of text; in those that are `isLiteral` an ampersand is one.
    var texts: [(range: Range<Int>, isLiteral: Bool)] = []
  }

  /// Levels of nesting. Each may take two in JSON, whose limit is 64.
  static let depth = 30
  /// The most elements: an answer of a login has a few dozen.
  static let mostElements = 20_000

  /// The outermost first.
  private(set) var elements: [Element] = []

  /// Nil when the text is no such document.
  init?(_ text: RawSpan) {
    guard (try? read(text)) == true else { return nil }
  }

  private mutating func read(_ text: RawSpan) throws(SecretXMLError) -> Bool {
    var reader = SecretXMLReader()
    var open: [Int] = []
    while true {
      switch try reader.next(text) {
      case .start(let name):
        guard elements.count < Self.mostElements, open.count < Self.depth,
          !open.isEmpty || elements.isEmpty
        else { return false }
        if let parent = open.last { elements[parent].children.append(elements.count) }
        open.append(elements.count)
        elements.append(Element(name: name, attributes: reader.attributes))
      case .end: open.removeLast()
      case .text(let range):
        if let current = open.last {
          elements[current].texts.append((range, false))
        } else if text.extracting(range).contains(where: { !$0.isMarkupBlank }) {
          return false
        }
      case .literal(let range):
        guard let current = open.last else { return false }
        elements[current].texts.append((range, true))
      case .finish: return !elements.isEmpty
      }
    }
  }
}
