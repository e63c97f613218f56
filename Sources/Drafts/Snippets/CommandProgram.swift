internal import Basics
internal import Secrets

/// What a command's word is, or says of the one behind it.
enum CommandOption {
  case header, user, bearer, data, address
  /// The user or the password alone.
  case name, password
  /// Takes a word that is of no interest.
  case other
}

/// The programs whose command lines are read.
enum CommandProgram: String {
  case curl, wget
  case httpie

  /// Whether the text can run one of them at all: most texts are told apart by that.
  static func isMentioned(in text: RawSpan) -> Bool {
    ["curl", "wget", "http", "xh"].contains { text.firstOffset(of: $0.utf8) != nil }
  }

  /// The program that a line runs, and where its words begin: behind a prompt, `sudo`, `env` and variables.
  static func find(in text: RawSpan, _ line: Range<Int>) -> (program: CommandProgram, end: Int)? {
    var offset = Prompt.end(in: text, line)
    // Of root's prompt alone only the command behind it tells that it is no comment.
    if text.has("# ".utf8, at: offset) { offset += 2 }
    var mayBeOption = false
    while offset < line.upperBound {
      ShellWords.skipBlanks(in: text, at: &offset)
      let start = offset
      guard let word = ShellWords.next(in: text, at: &offset) else { return nil }
      let raw = text.extracting(start..<offset)
      if let program = named(by: raw) { return (program, offset) }
      let isPassed = word.withBytes { bytes in
        isLauncher(bytes) || isVariable(bytes) || (mayBeOption && bytes.has("-".utf8))
      }
      // `sudo -u deploy`: the word behind the option is its own.
      if mayBeOption, raw.equals("-u".utf8) || raw.equals("-g".utf8) {
        _ = ShellWords.next(in: text, at: &offset)
      }
      guard isPassed else { return nil }
      mayBeOption = true
    }
    return nil
  }

  /// By the last part of a path, with or without `.exe`.
  private static func named(by word: RawSpan) -> CommandProgram? {
    let range = word.trimmed(0..<word.byteCount) { $0 == 0x22 || $0 == 0x27 }
    var start = range.lowerBound
    for offset in range where "/\\".utf8.contains(word[offset]) { start = offset + 1 }
    var name = word.extracting(min(start, range.upperBound)..<range.upperBound)
    if name.byteCount > 4, name.hasIgnoringCase(".exe".utf8, at: name.byteCount - 4) {
      name = name.extracting(0..<name.byteCount - 4)
    }
    let names: [(String, CommandProgram)] = [
      ("curl", .curl), ("wget", .wget), ("wget2", .wget), ("http", .httpie), ("https", .httpie),
      ("xh", .httpie), ("xhs", .httpie), ("curlie", .curl),
    ]
    return names.first { name.equals($0.0.utf8) }?.1
  }

  private static func isLauncher(_ word: RawSpan) -> Bool {
    ["sudo", "doas", "env", "time", "command", "exec", "nohup", "proxychains", "watch"].contains {
      word.equals($0.utf8)
    }
  }

  private static func isVariable(_ word: RawSpan) -> Bool {
    guard let equals = word.firstOffset(where: { $0 == UInt8(ascii: "=") }), equals > 0 else {
      return false
    }
    return !word.extracting(0..<equals).contains {
      !$0.isLetter && !$0.isDigit && $0 != UInt8(ascii: "_")
    }
  }

  /// What an option is and how much of the word it takes; nil for one that takes no word. Of short ones several may stand
  /// together: `-sSH`.
  func option(_ word: RawSpan) -> (CommandOption, Int)? {
    guard !word.has("--".utf8) else { return longOption(word) }
    for offset in 1..<word.byteCount {
      if let option = shortOption(word[offset]) { return (option, offset + 1) }
    }
    return nil
  }

  private func longOption(_ word: RawSpan) -> (CommandOption, Int)? {
    let end = word.firstOffset { $0 == UInt8(ascii: "=") } ?? word.byteCount
    let name = word.extracting(2..<end)
    guard let option = longOptions.first(where: { name.equals($0.0.utf8) })?.1 else { return nil }
    return (option, min(word.byteCount, end + 1))
  }

  private var longOptions: [(String, CommandOption)] {
    switch self {
    case .curl:
      [
        ("header", .header), ("user", .user), ("oauth2-bearer", .bearer), ("json", .data),
        ("data", .data), ("data-raw", .data), ("data-ascii", .data), ("data-binary", .data),
        ("data-urlencode", .data), ("form", .data), ("form-string", .data), ("url", .address),
        ("url-query", .data), ("proxy-user", .other), ("proxy", .other), ("cookie", .other),
        ("user-agent", .other), ("request", .other), ("output", .other), ("referer", .other),
      ]
    case .wget:
      [
        ("header", .header), ("user", .name), ("http-user", .name), ("password", .password),
        ("http-password", .password), ("post-data", .data), ("body-data", .data),
        ("user-agent", .other), ("method", .other), ("output-document", .other),
      ]
    case .httpie: [("auth", .user), ("auth-type", .other), ("raw", .data), ("session", .other)]
    }
  }

  private func shortOption(_ letter: UInt8) -> CommandOption? {
    switch self {
    case .curl:
      switch letter {
      case UInt8(ascii: "H"): .header
      case UInt8(ascii: "u"): .user
      case UInt8(ascii: "d"), UInt8(ascii: "F"): .data
      default: "AbcCDeEhKmoPQrtTUwxXyYz".utf8.contains(letter) ? .other : nil
      }
    case .wget: "oaiBOQtTwPAUDRIXl".utf8.contains(letter) ? .other : nil
    case .httpie:
      switch letter {
      case UInt8(ascii: "a"): .user
      default: "AoPs".utf8.contains(letter) ? .other : nil
      }
    }
  }
}
