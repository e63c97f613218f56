internal import Basics
internal import Secrets

/// A command that calls an API, as documentation and browsers show it for copying: `curl`, `wget`, `httpie`. Its headers,
/// its user and password, its query and its body may hold the credential.
///
/// In front of it may stand a prompt, `sudo`, variables and comments. Nothing is run or expanded; a variable that the
/// text itself sets is put in where the command names it.
struct CommandReader: ~Copyable {
  private var snippet: Snippet
  private let program: CommandProgram
  /// What the lines before set: `export TOKEN=…`.
  private var variables = SecretMap<String>()

  private init(_ program: CommandProgram, _ variables: consuming SecretMap<String>) {
    snippet = Snippet(.command(program: program.rawValue))
    self.program = program
    self.variables = variables
  }

  /// Nil when no line of the text runs one of the programs.
  static func read(_ text: RawSpan) -> Snippet? {
    guard CommandProgram.isMentioned(in: text) else { return nil }
    var variables = SecretMap<String>()
    var offset = 0
    while offset < text.byteCount {
      let end = text.firstOffset(from: offset, where: \.isLineEnd) ?? text.byteCount
      let line = Blanks.trimmed(text, offset..<end)
      if let start = CommandProgram.find(in: text, line) {
        var reader = CommandReader(start.program, variables)
        reader.readWords(text, from: start.end)
        return reader.finish()
      }
      guard isSkipped(text, line) || readAssignment(text, line, in: &variables) else { return nil }
      offset = end + 1
    }
    return nil
  }

  private consuming func finish() -> Snippet { snippet }

  /// Comments, and lines without anything.
  private static func isSkipped(_ text: RawSpan, _ line: Range<Int>) -> Bool {
    line.isEmpty || ["#", "//", "```"].contains { text.has($0.utf8, at: line.lowerBound) }
  }

  private static func readAssignment(
    _ text: RawSpan, _ range: Range<Int>, in variables: inout SecretMap<String>
  ) -> Bool {
    guard let line = NamedLine.read(text, range), line.item.mark == .equals,
      variables.keys.count < Snippet.limit
    else { return false }
    let name = line.item.name
    variables.set(name, to: line.takeValue())
    return true
  }

  private mutating func readWords(_ text: RawSpan, from start: Int) {
    var offset = start
    var pending: CommandOption?
    while let word = ShellWords.next(in: text, at: &offset) {
      if let option = pending {
        pending = nil
        word.withBytes { add($0, as: option) }
        continue
      }
      word.withBytes { bytes in
        guard bytes.has("-".utf8), bytes.byteCount > 1 else { return addOperand(bytes) }
        guard let (option, length) = program.option(bytes) else { return }
        if length < bytes.byteCount {
          add(bytes.extracting(length..<bytes.byteCount), as: option)
        } else {
          pending = option
        }
      }
    }
  }

  private mutating func add(_ value: RawSpan, as option: CommandOption) {
    switch option {
    case .header: addHeader(value)
    case .user: addUser(value)
    case .password: add(Snippet.Item("password", .password), value)
    case .name: add(Snippet.Item("user", .user), value)
    case .bearer: add(Snippet.Item("bearer", .bearer), value)
    case .data: addData(value)
    case .address: addAddress(value)
    case .other: break
    }
  }

  /// A value, or what stands for it in the lines before: `$TOKEN`.
  private mutating func add(_ item: Snippet.Item, _ value: RawSpan) {
    let whole = expanded(value)
    snippet.add(item, whole)
  }

  private borrowing func expanded(_ value: RawSpan) -> SecretBuffer {
    guard !variables.isEmpty, let mark = value.firstOffset(where: { $0 == UInt8(ascii: "$") })
    else {
      return SecretBuffer(copying: value)
    }
    let isBraced = value.has("{".utf8, at: mark + 1)
    let start = mark + (isBraced ? 2 : 1)
    let end =
      value.firstOffset(from: start) { !$0.isLetter && !$0.isDigit && $0 != UInt8(ascii: "_") }
      ?? value.byteCount
    let spelled = value.extracting(start..<end)
    guard let name = variables.keys.first(where: { spelled.equals($0.utf8) }) else {
      return SecretBuffer(copying: value)
    }
    return variables.withBytes(of: name) { stored in
      var whole = SecretBuffer(capacity: max(1, value.byteCount + stored.byteCount))
      whole.append(value.extracting(0..<mark))
      whole.append(stored)
      whole.append(
        value.extracting(min(value.byteCount, isBraced ? end + 1 : end)..<value.byteCount))
      return whole
    }
  }

  /// `Name: value`. Of a `Basic` header also what it is made of.
  private mutating func addHeader(_ line: RawSpan) {
    guard let colon = line.firstOffset(where: { $0 == UInt8(ascii: ":") }), colon > 0, colon <= 64
    else { return }
    guard line.extracting(0..<colon).isPlausibleName else { return }
    let name = line.extracting(0..<colon).shownText
    let value = line.extracting(Blanks.trimmed(line, colon + 1..<line.byteCount))
    add(Snippet.Item(name, .header), value)
    guard let basic = BasicHeader.read(value) else { return }
    for index in basic.items.indices {
      basic.withBytes(of: index) { add(basic.items[index], $0) }
    }
  }

  /// `user:password`, `key:`
  private mutating func addUser(_ pair: RawSpan) {
    let colon = pair.firstOffset { $0 == UInt8(ascii: ":") } ?? pair.byteCount
    let password = min(colon + 1, pair.byteCount)..<pair.byteCount
    add(Snippet.Item("user", password.isEmpty ? .loneUser : .user), pair.extracting(0..<colon))
    add(Snippet.Item("password", .password), pair.extracting(password))
  }

  /// The members of a JSON body, or the pairs of a form.
  private mutating func addData(_ body: RawSpan) {
    if let json = JSONSnippet.read(body) {
      for index in json.items.indices {
        json.withBytes(of: index) { add(json.items[index], $0) }
      }
      return
    }
    addPairs(body, 0..<body.byteCount)
  }

  private mutating func addPairs(_ text: RawSpan, _ range: Range<Int>) {
    var start = range.lowerBound
    while start < range.upperBound {
      let end = text.firstOffset(from: start) { $0 == UInt8(ascii: "&") || $0 == UInt8(ascii: "#") }
      let pair = start..<min(end ?? range.upperBound, range.upperBound)
      start = pair.upperBound + 1
      guard
        let equals = text.firstOffset(from: pair.lowerBound, where: { $0 == UInt8(ascii: "=") }),
        equals < pair.upperBound, equals > pair.lowerBound, equals - pair.lowerBound <= 64
      else { continue }
      guard text.extracting(pair.lowerBound..<equals).isPlausibleName else { continue }
      let name = text.shownText(pair.lowerBound..<equals)
      let value = SecretBuffer(formDecoding: text.extracting(equals + 1..<pair.upperBound))
      value.withBytes { add(Snippet.Item(name, .named(isExplicit: false), mark: .equals), $0) }
    }
  }

  /// A word that is no option: the address, or of httpie a header or a member of the body.
  private mutating func addOperand(_ word: RawSpan) {
    if word.firstOffset(of: "://".utf8) != nil || word.has("www.".utf8) { return addAddress(word) }
    guard program == .httpie else { return }
    let colon = word.firstOffset { $0 == UInt8(ascii: ":") } ?? word.byteCount
    let equals = word.firstOffset { $0 == UInt8(ascii: "=") } ?? word.byteCount
    if colon < equals, colon + 1 < word.byteCount, colon > 0, word[colon + 1] != UInt8(ascii: "=") {
      return addHeader(word)
    }
    guard equals < word.byteCount, equals > 0 else { return }
    let start = equals + (word.has("==".utf8, at: equals) ? 2 : 1)
    guard word.extracting(0..<min(colon, equals)).isPlausibleName else { return }
    let name = word.extracting(0..<min(colon, equals)).shownText
    add(
      Snippet.Item(name, .named(isExplicit: false), mark: .equals),
      word.extracting(start..<word.byteCount))
  }

  /// `https://user:password@host/path?key=value`
  private mutating func addAddress(_ address: RawSpan) {
    let scheme = address.firstOffset(of: "://".utf8)
    let host = scheme.map { $0 + 3 } ?? 0
    let end = address.firstOffset(from: host) { "/?#".utf8.contains($0) } ?? address.byteCount
    if let at = address.firstOffset(from: host, where: { $0 == UInt8(ascii: "@") }), at < end {
      addUser(address.extracting(host..<at))
    }
    guard let query = address.firstOffset(from: host, where: { $0 == UInt8(ascii: "?") }) else {
      return
    }
    addPairs(address, query + 1..<address.byteCount)
  }
}
