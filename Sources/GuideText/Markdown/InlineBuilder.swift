internal import Basics

/// Makes inlines out of the nodes inside a paragraph, heading or cell.
struct InlineBuilder {
  /// Deeper emphasis inside emphasis keeps its text only.
  private static let depthLimit = 40

  let figures: [Figure]
  let anchors: [String]
  /// Whether addresses that stand in the text become links.
  let linksAddresses: Bool
  /// Anchors met on the way; they are no part of the text.
  private(set) var foundAnchors: [String] = []
  /// Numbers of the footnotes that were referred to on the way.
  private var foundNotes: [Int] = []

  init(figures: [Figure], anchors: [String], linksAddresses: Bool) {
    self.figures = figures
    self.anchors = anchors
    self.linksAddresses = linksAddresses
  }

  mutating func takeAnchors() -> [String] {
    defer { foundAnchors = [] }
    return foundAnchors
  }

  mutating func takeNotes() -> [Int] {
    defer { foundNotes = [] }
    return foundNotes
  }

  mutating func inlines(of node: MarkdownNode) -> [Inline] {
    let raw = children(of: node, depth: 0)
    let bold = InlineNormalizer.bold(raw)
    return InlineNormalizer.trimmed(linksAddresses ? InlineNormalizer.linked(bold) : bold)
  }

  private mutating func children(of node: MarkdownNode, depth: Int) -> [Inline] {
    var result: [Inline] = []
    for child in node.children { append(child, to: &result, depth: depth) }
    return InlineNormalizer.merged(result)
  }

  private mutating func append(_ node: MarkdownNode, to result: inout [Inline], depth: Int) {
    switch node.kind {
    case .text: appendText(node.literal, to: &result)
    case .softBreak: result.append(.text(" "))
    case .lineBreak: result.append(.lineBreak)
    case .codeSpan: result.append(.code(Self.literal(node.literal)))
    case .inlineHTML: result.append(.text(Self.literal(node.literal)))
    case .image:
      let alternative = children(of: node, depth: depth).plainText
      let text = alternative.isEmpty ? node.title : alternative
      result.append(
        .figure(Figure(source: node.url, alternative: text.isEmpty ? nil : text)))
    case .footnoteReference: appendReference(Self.literal(node.literal), to: &result)
    case .struck:
      // No terminal can be relied on to strike text through, and without the mark it would say the opposite.
      result += [.text("(struck out: ")] + children(of: node, depth: depth) + [.text(")")]
    case .strong, .emphasis, .link:
      guard depth < Self.depthLimit else {
        return result.append(.text(Self.plainText(of: node)))
      }
      let inner = children(of: node, depth: depth + 1)
      if node.kind == .link {
        result.append(.link(inner, url: Self.literal(node.url)))
      } else {
        result.append(node.kind == .strong ? .strong(inner) : .emphasis(inner))
      }
    case .paragraph, .heading, .list, .item, .code, .quote, .rule, .table, .tableRow, .html,
      .footnote, .other:
      result += children(of: node, depth: depth)
    }
  }

  /// The number by which the note is called where it stands.
  private mutating func appendReference(_ number: String, to result: inout [Inline]) {
    if let note = Int(number) { foundNotes.append(note) }
    var isApart = result.isEmpty
    if case .text(let text)? = result.last { isApart = text.last == " " }
    result.append(.text("\(isApart ? "" : " ")(note \(number))"))
  }

  /// Splits a text at the marks in it.
  private mutating func appendText(_ literal: String, to result: inout [Inline]) {
    guard literal.utf8.contains(0xEF) else { return result.append(.text(literal)) }
    var text = ""
    var mark: (scalar: Unicode.Scalar, digits: String)?
    func flush(_ result: inout [Inline]) {
      if !text.isEmpty { result.append(.text(text)) }
      text = ""
    }
    for scalar in literal.unicodeScalars {
      if let open = mark {
        if scalar == open.scalar {
          flush(&result)
          append(open.scalar, index: Int(open.digits), to: &result)
          mark = nil
        } else {
          mark?.digits.unicodeScalars.append(scalar)
        }
      } else if scalar == Marks.less {
        text += "<"
      } else if scalar == Marks.lineBreak {
        flush(&result)
        result.append(.lineBreak)
      } else if Marks.isMark(scalar) {
        mark = (scalar, "")
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    if let mark { text += mark.digits }
    flush(&result)
  }

  private mutating func append(
    _ mark: Unicode.Scalar, index: Int?, to result: inout [Inline]
  ) {
    guard let index else { return }
    if mark == Marks.figure, figures.indices.contains(index) {
      result.append(.figure(figures[index]))
    } else if mark == Marks.anchor, anchors.indices.contains(index) {
      foundAnchors.append(anchors[index])
    }
  }

  /// A literal in which a bracket may have been replaced.
  static func literal(_ text: String) -> String {
    guard text.utf8.contains(0xEF) else { return text }
    return String(
      text.unicodeScalars.compactMap { scalar in
        scalar == Marks.less ? "<" : Marks.isMark(scalar) ? nil : scalar
      })
  }

  /// All text below a node, without recursion and without marks.
  static func plainText(of node: MarkdownNode) -> String { literal(rawText(of: node)) }

  /// All text below a node as it came out of CommonMark.
  static func rawText(of node: MarkdownNode) -> String {
    var text = ""
    var waiting = [node]
    while let next = waiting.popLast() {
      switch next.kind {
      case .text, .codeSpan, .inlineHTML, .html, .code: text += next.literal
      case .footnoteReference: text += "(note \(next.literal))"
      case .softBreak, .lineBreak: text += " "
      case .paragraph, .heading, .list, .item, .quote, .rule, .table, .tableRow, .strong, .emphasis,
        .struck, .link, .image, .footnote, .other:
        waiting += next.children.reversed()
      }
    }
    return text
  }
}
