internal import Basics
package import Secrets

/// What can be told of a web page that came where data was asked for.
package enum WebPage {
  /// Elements that pages begin with, and that no data of providers has as its outermost one.
  private static let usual: Set<String> = [
    "html", "head", "body", "script", "center", "div", "h1", "p", "meta", "noscript",
  ]
  /// More of them, for what is said to be a page.
  private static let others: Set<String> = [
    "title", "form", "h2", "h3", "a", "b", "br", "link", "style", "table", "span", "img", "iframe",
    "pre", "hr", "font", "main", "section", "ul", "strong", "code",
  ]

  /// Whether a text that opens a tag at `start` is a page.
  /// - Parameter isSaidToBe: by the content type.
  static func isPage(_ text: RawSpan, from start: Int, isSaidToBe: Bool) -> Bool {
    guard let tag = firstTag(text, from: start) else { return isSaidToBe }
    if text.hasIgnoringCase("<!doctype".utf8, at: tag) {
      let name = text.firstOffset(from: tag + "<!doctype".utf8.count) { !$0.isMarkupBlank } ?? tag
      return isSaidToBe || text.hasIgnoringCase("html".utf8, at: name)
    }
    let end = text.firstOffset(from: tag + 1) { !$0.isLetter && !$0.isDigit } ?? text.byteCount
    let name = text.shownText(tag + 1..<min(end, tag + 16)).lowercased()
    return usual.contains(name) || isSaidToBe && others.contains(name)
  }

  /// Where the first tag begins that is no comment and no declaration of XML.
  private static func firstTag(_ text: RawSpan, from start: Int) -> Int? {
    var offset = start
    while let tag = text.firstOffset(from: offset, where: { !$0.isMarkupBlank }) {
      let close: String
      if text.has("<!--".utf8, at: tag) {
        close = "-->"
      } else if text.has("<?".utf8, at: tag) {
        close = "?>"
      } else {
        return text[tag] == UInt8(ascii: "<") ? tag : nil
      }
      guard let end = text.firstOffset(of: close.utf8, from: tag) else { return nil }
      offset = end + close.utf8.count
    }
    return nil
  }

  /// Whether a tag stands anywhere in a text that does not begin with one.
  static func hasMarkup(_ text: RawSpan) -> Bool {
    var start = 0
    while let open = text.firstOffset(from: start, where: { $0 == UInt8(ascii: "<") }) {
      start = open + 1
      guard start < text.byteCount else { return false }
      if text[start].isLetter || text[start] == UInt8(ascii: "/")
        || text[start] == UInt8(ascii: "!")
      {
        return true
      }
    }
    return false
  }

  /// Whether it asks for a password.
  static func isSignIn(_ text: RawSpan) -> Bool {
    ["type=\"password\"", "type='password'", "type=password"].contains {
      text.containsIgnoringCase($0)
    }
  }

  /// In bytes: where a title is looked for.
  private static let longestHead = 64 * 1024

  /// The title of a page, else its first heading; as bytes, because it may repeat what was sent.
  package static func title(of page: RawSpan) -> SecretBuffer? {
    let head = page.extracting(0..<min(page.byteCount, longestHead))
    return content(of: "title", in: head) ?? content(of: "h1", in: head)
  }

  private static func content(of element: String, in text: RawSpan) -> SecretBuffer? {
    var start = 0
    while let open = text.firstOffset(from: start, where: { $0 == UInt8(ascii: "<") }) {
      start = open + 1
      let after = start + element.utf8.count
      guard text.hasIgnoringCase(element.utf8, at: start), after < text.byteCount,
        !text[after].isLetter, !text[after].isDigit
      else { continue }
      guard let begin = text.firstOffset(from: after, where: { $0 == UInt8(ascii: ">") }) else {
        return nil
      }
      let found = plain(text, from: begin + 1, until: "</\(element)")
      if found.withBytes({ bytes in bytes.contains { !$0.isBlank } }) { return found }
    }
    return nil
  }

  /// The text up to a closing tag, without tags in it.
  private static func plain(_ text: RawSpan, from start: Int, until close: String) -> SecretBuffer {
    var plain = SecretWriter()
    var offset = start
    while offset < text.byteCount, plain.count < Redactor.longestMessage * 4 {
      if text.hasIgnoringCase(close.utf8, at: offset) { break }
      switch text[offset] {
      case UInt8(ascii: "<"):
        plain.append(0x20)
        offset = (text.firstOffset(from: offset) { $0 == UInt8(ascii: ">") } ?? text.byteCount) + 1
      case UInt8(ascii: "&"): offset += appendEntity(text, at: offset, to: &plain)
      default:
        plain.append(text[offset])
        offset += 1
      }
    }
    return plain.finish() ?? SecretBuffer(capacity: 1)
  }

  private static let entities: [String: String] = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "ndash": "–",
    "mdash": "—", "hellip": "…", "middot": "·", "raquo": "»", "laquo": "«", "rsquo": "’",
    "bull": "•", "copy": "©", "reg": "®",
  ]

  /// Writes the character of an entity; an ampersand that begins none stays one. Returns how many bytes were read.
  private static func appendEntity(
    _ text: RawSpan, at offset: Int, to plain: inout SecretWriter
  ) -> Int {
    let end = text.firstOffset(from: offset) { $0 == UInt8(ascii: ";") } ?? text.byteCount
    guard end < text.byteCount, end - offset <= 10 else {
      plain.append(UInt8(ascii: "&"))
      return 1
    }
    let name = text.shownText(offset + 1..<end)
    let number: UInt32? =
      name.hasPrefix("#x") || name.hasPrefix("#X")
      ? UInt32(name.dropFirst(2), radix: 16)
      : name.hasPrefix("#") ? UInt32(name.dropFirst()) : nil
    if let scalar = number.flatMap(Unicode.Scalar.init) {
      plain.append(text: String(scalar))
    } else if let known = entities[name] {
      plain.append(text: known)
    } else {
      plain.append(UInt8(ascii: "&"))
      return 1
    }
    return end - offset + 1
  }
}
