/// The lines between two `---` at the beginning of a guide: `key: value`, quoted or bare, with blank lines between
/// them. Read by hand, because titles hold colons that YAML would not allow.
package struct FrontMatter {
  private(set) var values: [String: String] = [:]
  /// How many lines belong to it, both `---` included.
  package private(set) var lineCount = 0
  private(set) var isUnclosed = false

  /// Of all lines of a file. Has no values where the first line that is not blank is no `---`, or no second one
  /// follows.
  package init(_ lines: [SourceLine]) {
    guard let first = lines.firstIndex(where: { !$0.isBlank }), Self.isFence(lines[first]) else {
      return
    }
    guard let last = lines[(first + 1)...].firstIndex(where: Self.isFence) else {
      isUnclosed = true
      return
    }
    lineCount = last + 1
    read(lines[(first + 1)..<last])
  }

  private static func isFence(_ line: SourceLine) -> Bool {
    line.content.elementsEqual("---".utf8)
  }

  private mutating func read(_ lines: ArraySlice<SourceLine>) {
    var key: String?
    for line in lines where !line.isBlank && line.content.first != UInt8(ascii: "#") {
      if line.indent == 0, let colon = line.content.firstIndex(of: UInt8(ascii: ":")),
        !line.content[..<colon].contains(0x20)
      {
        let name = line.content[..<colon].string
        key = name
        values[name] = Self.unquoted(line.content[(colon + 1)...].trimmed.string)
      } else if let key, values[key] != nil {
        // A folded value goes on, indented.
        let text = Self.unquoted(line.content.string)
        let isFold = values[key].map { Self.folds.contains($0) } ?? false
        if isFold { values[key] = text } else { values[key]?.append(" " + text) }
      }
    }
  }

  /// What stands behind a colon when the value begins on the next line.
  private static let folds: Set = [">", "|", ">-", "|-", ">+", "|+", ""]

  private static func unquoted(_ text: String) -> String {
    guard text.count >= 2, let quote = text.first, quote == text.last, quote == "'" || quote == "\""
    else { return text }
    let inner = String(text.dropFirst().dropLast())
    if quote == "'" { return replacing("''", with: "'", in: inner) }
    return replacing("\\\\", with: "\\", in: replacing("\\\"", with: "\"", in: inner))
  }

  private static func replacing(_ old: String, with new: String, in text: String) -> String {
    text.split(separator: old, omittingEmptySubsequences: false).joined(separator: new)
  }
}
