internal import CMark

/// A document parsed by libcmark-gfm. Its nodes live as long as the document, and are only lent out inside
/// `withRoot`.
@safe
struct MarkdownDocument: ~Copyable {
  private let root: MarkdownNode

  /// Nil only when the library cannot get memory.
  init?(_ bytes: [UInt8]) {
    Self.registerOnce
    // A single tilde stands for a home folder more often than for struck text.
    let options = CMARK_OPT_DEFAULT | CMARK_OPT_FOOTNOTES | CMARK_OPT_STRIKETHROUGH_DOUBLE_TILDE
    guard let parser = unsafe cmark_parser_new(options) else { return nil }
    defer { unsafe cmark_parser_free(parser) }
    for name in ["table", "strikethrough"] {
      if let syntax = unsafe cmark_find_syntax_extension(name) {
        unsafe cmark_parser_attach_syntax_extension(parser, syntax)
      }
    }
    unsafe bytes.withUnsafeBytes { buffer in
      unsafe cmark_parser_feed(
        parser, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), buffer.count)
    }
    guard let document = unsafe cmark_parser_finish(parser) else { return nil }
    unsafe root = MarkdownNode(pointer: document)
  }

  deinit { unsafe cmark_node_free(root.pointer) }

  borrowing func withRoot<Result>(_ body: (MarkdownNode) -> Result) -> Result { body(root) }

  /// The library keeps its extensions in a global list that must be filled once, by one thread.
  private static let registerOnce: Void = cmark_gfm_core_extensions_ensure_registered()
}

/// One node. Must not outlive its document.
@safe
struct MarkdownNode {
  fileprivate let pointer: OpaquePointer

  fileprivate init(pointer: OpaquePointer) { unsafe self.pointer = unsafe pointer }

  enum Kind {
    case paragraph, heading, list, item, code, quote, rule, table, tableRow, html, footnote
    case text, softBreak, lineBreak, codeSpan, inlineHTML, strong, emphasis, struck, link, image
    case footnoteReference
    case other
  }

  var kind: Kind {
    switch unsafe cmark_node_get_type(pointer) {
    case CMARK_NODE_PARAGRAPH: .paragraph
    case CMARK_NODE_HEADING: .heading
    case CMARK_NODE_LIST: .list
    case CMARK_NODE_ITEM: .item
    case CMARK_NODE_CODE_BLOCK: .code
    case CMARK_NODE_BLOCK_QUOTE: .quote
    case CMARK_NODE_THEMATIC_BREAK: .rule
    case CMARK_NODE_HTML_BLOCK: .html
    case CMARK_NODE_FOOTNOTE_DEFINITION: .footnote
    case CMARK_NODE_FOOTNOTE_REFERENCE: .footnoteReference
    case CMARK_NODE_TEXT: .text
    case CMARK_NODE_SOFTBREAK: .softBreak
    case CMARK_NODE_LINEBREAK: .lineBreak
    case CMARK_NODE_CODE: .codeSpan
    case CMARK_NODE_HTML_INLINE: .inlineHTML
    case CMARK_NODE_STRONG: .strong
    case CMARK_NODE_EMPH: .emphasis
    case CMARK_NODE_LINK: .link
    case CMARK_NODE_IMAGE: .image
    default: extensionKind
    }
  }

  /// The extensions' types are not exported; they are told apart by name.
  private var extensionKind: Kind {
    switch typeName {
    case "strikethrough": .struck
    case "table": .table
    case "table_row", "table_header": .tableRow
    default: .other
    }
  }

  private var typeName: String { unsafe Self.string(cmark_node_get_type_string(pointer)) }

  var isTableHeader: Bool { typeName == "table_header" }
  var literal: String { unsafe Self.string(cmark_node_get_literal(pointer)) }
  var url: String { unsafe Self.string(cmark_node_get_url(pointer)) }
  var title: String { unsafe Self.string(cmark_node_get_title(pointer)) }
  var fenceInfo: String { unsafe Self.string(cmark_node_get_fence_info(pointer)) }
  var headingLevel: Int { Int(unsafe cmark_node_get_heading_level(pointer)) }
  var isOrderedList: Bool { unsafe cmark_node_get_list_type(pointer) == CMARK_ORDERED_LIST }
  var listStart: Int { Int(unsafe cmark_node_get_list_start(pointer)) }
  /// One-based.
  var startLine: Int { Int(unsafe cmark_node_get_start_line(pointer)) }

  var tableAlignments: [Table.Alignment] {
    let count = Int(unsafe cmark_gfm_extensions_get_table_columns(pointer))
    guard let letters = unsafe cmark_gfm_extensions_get_table_alignments(pointer) else { return [] }
    return (0..<count).map { index in
      switch unsafe letters[index] {
      case UInt8(ascii: "l"): .left
      case UInt8(ascii: "c"): .center
      case UInt8(ascii: "r"): .right
      default: .none
      }
    }
  }

  var children: [MarkdownNode] {
    var nodes: [MarkdownNode] = []
    var next = unsafe cmark_node_first_child(pointer)
    while let child = unsafe next {
      unsafe nodes.append(MarkdownNode(pointer: child))
      unsafe next = unsafe cmark_node_next(child)
    }
    return nodes
  }

  private static func string(_ text: UnsafePointer<CChar>?) -> String {
    guard let text = unsafe text else { return "" }
    return unsafe String(cString: text)
  }
}
