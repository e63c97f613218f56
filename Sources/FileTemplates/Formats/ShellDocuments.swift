internal import Basics

/// The here-documents of a script: `<<END`, whose lines begin behind the one that names it.
struct ShellDocuments {
  private struct Document {
    let end: [UInt8]
    /// `<<-`: tabs in front of its end are left aside.
    let allowsTabs: Bool
  }

  private var pending: [Document] = []
  /// What is not certain about one.
  private(set) var doubt: String?

  /// Where the operator and its word end; nil where there is none. `<<<` is another one.
  mutating func begin(at start: Int, in text: [UInt8]) -> Int? {
    guard text[start...].starts(with: "<<".utf8) else { return nil }
    var offset = start + 2
    if offset < text.count, text[offset] == UInt8(ascii: "<") { return offset + 1 }
    let allowsTabs = offset < text.count && text[offset] == UInt8(ascii: "-")
    if allowsTabs { offset += 1 }
    while offset < text.count, text[offset].isDocumentBlank { offset += 1 }
    let word = text[offset...].prefix { !$0.isBlank && !";&|()<>".utf8.contains($0) }
    let end = word.filter { !"'\"\\".utf8.contains($0) }
    if end.isEmpty || word.contains(where: "$`".utf8.contains) {
      doubt = "a here-document without a plain word"
    }
    pending.append(Document(end: Array(end), allowsTabs: allowsTabs))
    return offset + word.count
  }

  /// Where the documents end that begin on this line; nil when there are none.
  mutating func skip(from start: Int, in text: [UInt8]) -> Int? {
    if pending.isEmpty { return nil }
    var offset = start
    for document in pending {
      var isAtEnd = false
      while !isAtEnd, offset < text.count {
        var line = text[offset...].prefix { $0 != UInt8(ascii: "\n") }
        offset = min(text.count, line.endIndex + 1)
        if document.allowsTabs { line = line.drop { $0 == UInt8(ascii: "\t") } }
        isAtEnd = line.elementsEqual(document.end)
      }
      if !isAtEnd { doubt = "a here-document without an end" }
    }
    pending = []
    return offset
  }
}

extension UInt8 {
  fileprivate var isDocumentBlank: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }
}
