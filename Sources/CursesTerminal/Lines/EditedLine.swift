internal import Secrets
internal import TerminalUI

/// A line while it is typed, in locked memory. What may be seen is echoed; of a secret nothing is, not even its length.
struct EditedLine: ~Copyable {
  private let echo: LineEcho
  /// Whether a paste is in it that was not shown: nothing of the line is shown then.
  private var hasHiddenPaste = false
  private let encoding: TextEncoding
  private var content = SecretBuffer(capacity: SecretBuffer.fileCapacity)

  init(echo: LineEcho, encoding: TextEncoding) {
    self.echo = echo
    self.encoding = encoding
  }

  private var isVisible: Bool { echo != .nothing && !hasHiddenPaste }

  consuming func finish() -> SecretBuffer { content }

  /// Does what a key means. Returns what it interrupts.
  mutating func handle(_ key: Key, on tty: borrowing Tty) -> LineInterruption? {
    switch key {
    case .control("c"): return .interrupt
    case .control("d"): return content.isEmpty ? .end : nil
    case .control("u"):
      while eraseLast(on: tty) {}
    case .backspace: _ = eraseLast(on: tty)
    case .character(let scalar): type(scalar, on: tty)
    case .enter, .tab, .backTab, .escape, .delete, .up, .down, .left, .right, .shiftLeft,
      .shiftRight, .home, .end, .pageUp,
      .pageDown, .control, .alt, .function:
      break
    }
    return nil
  }

  /// Adds a whole paste, line breaks and all. One that does not fit is refused whole, and that is said: half a key is
  /// worse than none.
  mutating func insert(_ paste: consuming PastedText, on tty: borrowing Tty) {
    let isCut = paste.isCut
    let text = paste.contents()
    let fits = !isCut && text.withBytes { bytes in content.append(bytes) }
    guard fits else {
      tty.write("\nThis paste is larger than 1 MiB and was not taken.\n")
      return
    }
    switch echo {
    case .all: EditedLine.echo(text, from: 0, encoding, on: tty)
    case .typed:
      hasHiddenPaste = true
      tty.write("(pasted)")
    case .nothing: break
    }
  }

  /// Shows what there is so far, after something else was written.
  func show(on tty: borrowing Tty) {
    if isVisible { EditedLine.echo(content, from: 0, encoding, on: tty) }
  }

  private mutating func type(_ scalar: Unicode.Scalar, on tty: borrowing Tty) {
    let start = content.count
    let bytes = Array(String(Character(scalar)).utf8)
    guard content.append(unsafe bytes.span.bytes) else {
      // No room: an audible no.
      tty.write("\u{07}")
      return
    }
    if isVisible { EditedLine.echo(content, from: start, encoding, on: tty) }
  }

  /// Takes the last character out, from the line and from the terminal.
  private mutating func eraseLast(on tty: borrowing Tty) -> Bool {
    guard !content.isEmpty else { return false }
    let (start, width) = content.withBytes { bytes in
      EditedLine.lastScalar(of: bytes, encoding)
    }
    content.remove(start..<content.count)
    if isVisible { tty.write(String(repeating: "\u{08} \u{08}", count: width)) }
    if content.isEmpty { hasHiddenPaste = false }
    return true
  }

  /// Where the last character starts and how many columns its echo took.
  private static func lastScalar(
    of bytes: RawSpan, _ encoding: TextEncoding
  ) -> (start: Int, width: Int) {
    let units = unsafe bytes._unsafeView(as: UInt8.self)
    var start = units.count - 1
    while start > 0, UTF8.isContinuation(units[start]) { start -= 1 }
    let last = unsafe bytes.extracting(start...)._unsafeView(as: UInt8.self)
    guard let text = try? UTF8Span(validating: last) else { return (start, 1) }
    var scalars = text.makeUnicodeScalarIterator()
    return (start, scalars.next().map { visible($0, encoding).width } ?? 1)
  }

  /// Writes characters one by one, so that no copy of a value is made; what would move the terminal is a `?`.
  private static func echo(
    _ text: borrowing SecretBuffer, from start: Int, _ encoding: TextEncoding, on tty: borrowing Tty
  ) {
    text.withBytes { bytes in
      let units = unsafe bytes.extracting(start...)._unsafeView(as: UInt8.self)
      guard let valid = try? UTF8Span(validating: units) else { return }
      var scalars = valid.makeUnicodeScalarIterator()
      while let scalar = scalars.next() { tty.write(visible(scalar, encoding).text) }
    }
  }

  private static func visible(
    _ scalar: Unicode.Scalar, _ encoding: TextEncoding
  ) -> (text: String, width: Int) {
    guard Sanitizer.isSafe(scalar) else { return ("?", 1) }
    if encoding == .ascii { return (String(Character(Transliteration.ascii(scalar))), 1) }
    return (String(Character(scalar)), Width.of(scalar))
  }
}
