internal import Basics
internal import Secrets

/// A whole curl command, as API pages show it for copying: the credential is taken out of its header or its `-u`.
enum Curl {
  static func normalize(_ text: RawSpan, in context: RepairContext) -> NormalizedText? {
    var offset = text.has("$ ".utf8) ? 2 : 0
    let isCurl = ShellWords.next(in: text, at: &offset)?.withBytes { $0.equals("curl".utf8) }
    guard isCurl == true else { return nil }
    var best: Candidate?
    var bestRank = 0
    var pending: Option?
    while let word = ShellWords.next(in: text, at: &offset) {
      let candidate = word.withBytes { bytes -> Candidate? in
        if let option = pending {
          pending = nil
          return option.candidate(bytes, 0, context)
        }
        guard let (option, length) = Option.read(bytes) else { return nil }
        if length < bytes.byteCount { return option.candidate(bytes, length, context) }
        pending = option
        return nil
      }
      guard let candidate else { continue }
      guard candidate.rank > bestRank else { continue }
      bestRank = candidate.rank
      best = consume candidate
    }
    guard let best else { return nil }
    return NormalizedText(best.text, .curl)
  }

  /// A value that a command holds, and how surely it is the field's.
  private struct Candidate: ~Copyable {
    let text: SecretBuffer
    let rank: Int
  }

  private enum Option {
    case header, user, bearer

    private static let spellings: [(text: String, option: Option)] = [
      ("--header=", .header), ("--header", .header), ("-H", .header), ("--user=", .user),
      ("--user", .user), ("-u", .user), ("--oauth2-bearer", .bearer),
    ]

    /// The option that a word is or begins with, and how long its spelling is. Long options stand alone or with `=`.
    static func read(_ word: RawSpan) -> (Option, Int)? {
      for (text, option) in spellings where word.has(text.utf8) {
        let isAttached = !text.hasPrefix("--") || text.hasSuffix("=")
        guard isAttached || word.byteCount == text.utf8.count else { continue }
        return (option, text.utf8.count)
      }
      return nil
    }

    func candidate(_ word: RawSpan, _ start: Int, _ context: RepairContext) -> Candidate? {
      let value = word.extracting(start..<word.byteCount)
      switch self {
      case .header: return Curl.header(value, context)
      case .user: return Curl.user(value, context)
      case .bearer: return Candidate(text: SecretBuffer(copying: value), rank: 3)
      }
    }
  }

  private static func header(_ line: RawSpan, _ context: RepairContext) -> Candidate? {
    guard let colon = line.firstOffset(where: { $0 == UInt8(ascii: ":") }) else { return nil }
    let name = line.extracting(0..<colon)
    let value = Blanks.trimmed(line, colon + 1..<line.byteCount)
    guard !value.isEmpty else { return nil }
    let rank: Int
    if context.headers.contains(where: { name.isSpelled($0.name) }) {
      rank = 4
    } else if name.isSpelled("authorization") {
      rank = 3
    } else if ["key", "token", "secret"].contains(where: { name.mentions($0) }) {
      rank = 1
    } else {
      return nil
    }
    return Candidate(text: SecretBuffer(copying: line.extracting(value)), rank: rank)
  }

  /// `-u name:password`: the half that the field asks for, else the only one, else the one of the right form.
  private static func user(_ pair: RawSpan, _ context: RepairContext) -> Candidate? {
    let colon = pair.firstOffset { $0 == UInt8(ascii: ":") } ?? pair.byteCount
    let name = 0..<colon
    let password = min(colon + 1, pair.byteCount)..<pair.byteCount
    let chosen: Range<Int>
    switch context.half {
    case .user: chosen = name
    case .password: chosen = password
    case nil:
      let isName = password.isEmpty || context.rules.isPositivelyValid(pair.extracting(name))
      chosen = isName ? name : password
    }
    guard !chosen.isEmpty else { return nil }
    return Candidate(text: SecretBuffer(copying: pair.extracting(chosen)), rank: 2)
  }
}

extension RawSpan {
  /// Whether the text is this lower-case one but for the case of its letters.
  fileprivate func isSpelled(_ text: String) -> Bool {
    byteCount == text.utf8.count && hasIgnoringCase(text.utf8)
  }

  fileprivate func mentions(_ text: String) -> Bool {
    for offset in 0..<byteCount where hasIgnoringCase(text.utf8, at: offset) { return true }
    return false
  }
}
