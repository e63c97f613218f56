internal import Basics

/// The here-documents of a script: `<<END`, whose lines begin behind the one that names it.
struct ShellDocuments {
  private struct Document {
    let end: [UInt8]
    /// `<<-`: tabs in front of its end are left aside.
    let allowsTabs: Bool
    /// No part of its word is quoted: its lines may go on, and end it only where they do not.
    let isOpen: Bool
  }

  private static let quotes = Array("'\"\\".utf8)

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
    let word = Self.word(from: offset, in: text)
    let end = word.filter { !Self.quotes.contains($0) }
    let isMixed = Set(word.filter(Self.quotes.contains)).count > 1
    if end.isEmpty || isMixed || word.contains(where: "$`\n".utf8.contains) {
      doubt = "a here-document without a plain word"
    }
    pending.append(
      Document(end: Array(end), allowsTabs: allowsTabs, isOpen: end.count == word.count))
    return offset + word.count
  }

  /// Up to a blank, or a sign of the shell, that is in no quotes.
  private static func word(from start: Int, in text: [UInt8]) -> ArraySlice<UInt8> {
    var quote: UInt8?
    var offset = start
    while offset < text.count {
      let byte = text[offset]
      if let open = quote {
        if byte == open { quote = nil }
      } else if "'\"".utf8.contains(byte) {
        quote = byte
      } else if byte == UInt8(ascii: "\\") {
        offset += 1
      } else if byte.isBlank || ";&|()<>".utf8.contains(byte) {
        break
      }
      offset += 1
    }
    return text[start..<min(offset, text.count)]
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
        if document.isOpen, line.last == UInt8(ascii: "\\") {
          doubt = "a here-document whose lines go on"
        }
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
