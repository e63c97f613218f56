internal import Basics

/// What stands in the place of a value: a variable's name, a reference into a vault, words that ask for the value, what a
/// program prints where it has none.
enum Placeholder: Equatable {
  /// `$API_KEY`, `${…}`, `%API_KEY%`, `{{ … }}`, `process.env.API_KEY`
  case variable
  /// `API_KEY`: the name of a variable, and nothing else.
  case name
  /// `op://vault/item/field`
  case reference
  /// `<YOUR_API_KEY>`, `your-token-here`, `changeme`
  case words
  /// `[REDACTED]`
  case redacted
  /// `undefined`, `null`, `[object Object]`
  case nothing
  /// `sk-...abcd`
  case shortened

  /// - Parameter isMasked: of a value that is no secret only what no value can look like is one.
  static func of(_ bytes: RawSpan, isMasked: Bool = true) -> Placeholder? {
    let text = bytes.extracting(bytes.rangeWithoutOuterBlanks)
    guard !text.isEmpty, text.byteCount <= 256 else { return nil }
    if isVariable(text) { return .variable }
    if isReference(text) { return .reference }
    if isOneOf(nothings, text) { return .nothing }
    if let range = bracketed(text) {
      let inner = text.extracting(range)
      if isOneOf(redactions, inner) { return .redacted }
      if isWordsOnly(inner) { return .words }
    }
    guard isMasked else { return asksForValue(text) ? .words : nil }
    if isOneOf(redactions, text) { return .redacted }
    if isOneOf(fillers, text) || asksForValue(text) { return .words }
    if isVariableName(text) { return .name }
    return isShortened(text) ? .shortened : nil
  }

  var sentence: String {
    switch self {
    case .variable:
      "This stands for the value of a variable; nothing puts the value in here. Paste the value itself."
    case .name: "This is the name of a variable, not its value."
    case .reference:
      "This says where a vault keeps the value; nothing fetches it from there. Paste the value itself."
    case .words: "This stands in the place of a value; put in your own."
    case .redacted: "The value was blacked out where this was copied; copy it from its source."
    case .nothing: "This is what programs print where there is no value."
    case .shortened:
      "This is a value with its middle left out, as lists show it; copy the whole one from its source."
    }
  }

  // MARK: Kinds

  private static func isVariable(_ text: RawSpan) -> Bool {
    let end = text.byteCount
    for (open, close) in [
      ("${", "}"), ("$(", ")"), ("{{", "}}"), ("#{", "}"), ("<%", "%>"), ("@{", "}"), ("$[", "]"),
      ("{%", "%}"), ("@@", "@@"), ("((", "))"),
    ] where text.has(open.utf8) && end > open.utf8.count + close.utf8.count {
      if text.has(close.utf8, at: end - close.utf8.count) { return true }
    }
    if text.firstOffset(of: "${{".utf8) != nil || text.firstOffset(of: "{{".utf8) != nil,
      text.firstOffset(of: "}}".utf8) != nil
    {
      return true
    }
    if text.has("$".utf8), end > 1 {
      let start = text.hasIgnoringCase("$env:".utf8) ? 5 : 1
      let name = text.extracting(start..<end)
      if start == 5 { return isIdentifier(name) }
      return isIdentifier(name) && (isCapitals(name) || name.endsTelling)
    }
    if text.has("%".utf8), end > 2, text[end - 1] == UInt8(ascii: "%") {
      return isIdentifier(text.extracting(1..<end - 1))
    }
    if text.has("__".utf8), end > 5, text.has("__".utf8, at: end - 2) {
      return isIdentifier(text.extracting(2..<end - 2))
    }
    return isOneOf(
      [
        "process.env.", "import.meta.env.", "os.environ", "os.getenv(", "System.getenv(", "ENV[",
        "getenv(", "env(", "std::env::var(", "Deno.env.get(", "secrets.", "!Ref ", "!Sub ", "!ENV ",
        "!secret ", "!vault", "var.", "local.", "data.",
      ], startsOf: text)
      && !text.contains { !$0.isGraphic && $0 != 0x20 || $0 == UInt8(ascii: "=") }
      && (text.contains { "([".utf8.contains($0) } || isDottedName(text) || text.has("!".utf8))
  }

  /// Addresses of the well-known vaults, and of files and environments in their place.
  private static func isReference(_ text: RawSpan) -> Bool {
    isOneOf(
      [
        "op://", "vault://", "vault:", "ref+", "secret://", "secrets://", "keychain://",
        "keyring://",
        "bw://", "bws://", "lpass://", "pass://", "awssm://", "aws-sm://", "ssm://", "ssm:",
        "gcpsm://",
        "gcp-sm://", "azkv://", "akv://", "akeyless:", "sops://", "doppler://", "infisical://",
        "env://",
        "env:", "file:///", "sm://", "arn:aws:secretsmanager:", "arn:aws:ssm:",
        "projects/-/secrets/",
        "@microsoft.keyvault(", "hcvault://", "conjur:", "dashlane://", "dl://", "protonpass://",
      ], startsOf: text) && !text.contains(where: \.isBlank)
  }

  private static let nothings = [
    "undefined", "null", "none", "nil", "nan", "n/a", "[object object]", "[object promise]",
    "not set", "unset", "(null)", "(none)", "<nil>", "<none>", "<unset>", "<no value>", "<not set>",
  ]

  private static let redactions = [
    "redacted", "masked", "hidden", "filtered", "secret", "removed", "censored", "private",
    "secure",
    "scrubbed", "obfuscated", "sensitive", "sensitive value", "concealed", "protected", "omitted",
  ]

  private static let fillers = [
    "changeme", "change_me", "change-me", "change me", "todo", "tbd", "fixme", "placeholder",
    "example",
    "string", "value", "token", "password", "secret", "key", "apikey", "api_key", "api-key",
    "api key",
    "access_token", "access-token", "accesstoken", "test", "foo", "bar", "foobar", "xxx", "xxxx",
    "...", "…", "dummy", "sample", "insert", "replaceme", "replace_me", "replace-me", "none yet",
    "my_key", "my-key", "mykey", "my_token", "my-token", "mytoken", "copy", "copied", "copied!",
  ]

  /// `<…>`, `[…]`, `{…}`, `(…)`, `*…*`: what stands between them.
  private static func bracketed(_ text: RawSpan) -> Range<Int>? {
    let pairs: [(UInt8, UInt8)] = [
      (0x3C, 0x3E), (0x5B, 0x5D), (0x7B, 0x7D), (0x28, 0x29), (0x2A, 0x2A), (0x5F, 0x5F),
    ]
    var range = 0..<text.byteCount
    while range.count > 2,
      pairs.contains(where: { text[range.lowerBound] == $0.0 && text[range.upperBound - 1] == $0.1 }
      )
    {
      range = range.lowerBound + 1..<range.upperBound - 1
    }
    return range.count < text.byteCount && !range.isEmpty ? range : nil
  }

  /// Words with blanks or marks between them, and hardly a digit: `YOUR_API_KEY`, `your key here`.
  private static func isWordsOnly(_ text: RawSpan) -> Bool {
    let letters = (0..<text.byteCount).count { text[$0].isLetter }
    let digits = (0..<text.byteCount).count { text[$0].isDigit }
    let isPlain = !text.contains { byte in
      !byte.isLetter && !byte.isDigit && !" _-.:/'".utf8.contains(byte) && byte < 0x80
    }
    guard isPlain, letters >= 2, digits <= 2 else { return false }
    // A long word without marks may be a key of letters.
    return text.byteCount <= 16 || text.contains { " _-.".utf8.contains($0) }
  }

  /// `YOUR_API_KEY`, `your-token-here`, `sk-your-key`, `INSERT_KEY_HERE`, `paste your token`
  private static func asksForValue(_ text: RawSpan) -> Bool {
    guard text.byteCount <= 80, !text.contains(where: { $0 >= 0x80 || $0 == UInt8(ascii: "@") })
    else { return false }
    let words = text.wordRanges
    guard words.count > 1, words.count <= 12,
      words.allSatisfy({ $0.count <= 20 && text.digits(in: $0) <= 2 })
    else { return false }
    if words.contains(where: { text.isOneOf(["your"], in: $0) }) { return true }
    if words.count > 2, text.isOneOf(["here"], in: words[words.count - 1]) { return true }
    let verbs = [
      "insert", "enter", "replace", "paste", "put", "add", "fill", "changeme", "provide",
    ]
    let objects = ["key", "token", "secret", "password", "value", "me", "with", "in", "this"]
    return text.isOneOf(verbs, in: words[0]) && words.contains { text.isOneOf(objects, in: $0) }
  }

  /// `STRIPE_SECRET_KEY`
  private static func isVariableName(_ text: RawSpan) -> Bool {
    isIdentifier(text) && isCapitals(text) && text.wordRanges.count > 1 && text.endsTelling
  }

  /// Three dots or an ellipsis with letters or digits before them: `sk-...abcd`, `abcd…`.
  private static func isShortened(_ text: RawSpan) -> Bool {
    guard text.byteCount <= 80, !text.contains(where: \.isBlank) else { return false }
    for dots in ["...", "…", "[…]"] {
      guard let start = text.firstOffset(of: dots.utf8), start > 1 else { continue }
      var end = start + dots.utf8.count
      while end < text.byteCount, text[end] == UInt8(ascii: ".") { end += 1 }
      let rest = text.extracting(end..<text.byteCount)
      let isPart = !rest.contains { !$0.isLetter && !$0.isDigit && !"-_=".utf8.contains($0) }
      if isPart, rest.byteCount <= 12 { return true }
    }
    return false
  }

  // MARK: Words

  private static func isOneOf(_ words: [String], _ text: RawSpan) -> Bool {
    words.contains { $0.utf8.count == text.byteCount && text.hasIgnoringCase($0.lowercased().utf8) }
  }

  private static func isOneOf(_ words: [String], startsOf text: RawSpan) -> Bool {
    words.contains { $0.utf8.count < text.byteCount && text.hasIgnoringCase($0.lowercased().utf8) }
  }

  private static func isIdentifier(_ text: RawSpan) -> Bool {
    !text.isEmpty && !text[0].isDigit
      && !text.contains { !$0.isLetter && !$0.isDigit && $0 != UInt8(ascii: "_") }
  }

  private static func isDottedName(_ text: RawSpan) -> Bool {
    !text.contains { !$0.isLetter && !"_.".utf8.contains($0) }
  }

  private static func isCapitals(_ text: RawSpan) -> Bool { !text.contains(where: \.isLowercase) }
}
