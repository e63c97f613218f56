internal import Basics

/// Tells from the words of a name, a title or a description whether it speaks of a secret.
enum SecretWords {
  /// Whether any word does; enough for a credential.
  static func occur(in text: String) -> Bool {
    words(of: text).contains { any.contains($0) || endsLikeSecret($0) }
  }

  /// Whether the words alone decide, whatever stands beside them: `Token ID` may be half of a key.
  static func areAlwaysMasked(in text: String) -> Bool {
    let words = words(of: text)
    return words.contains { always.contains($0) || endsLikeSecret($0) }
  }

  private static let always: Set = [
    "password", "passwords", "passwd", "passphrase", "passcode", "secret", "secrets", "token",
    "tokens", "private", "pin",
  ]

  /// Whether the text is the name of a secret. Outside the credentials a key may be the short name of a project or a
  /// space, so only the last word of what is named counts, and `key` alone only together with the word that says what
  /// it opens: `API Key for webhooks (optional)` is an API key.
  static func name(_ text: String) -> Bool {
    let words = subject(of: text)
    guard let last = words.last else { return false }
    if words.contains("public") { return false }
    if words.contains(where: passwords.contains) || endsLikeSecret(last) { return true }
    if ["token", "tokens", "pat", "credential", "credentials"].contains(last) { return true }
    guard last == "key" || last == "keys" else { return false }
    return words.count > 1 && openers.contains(words[words.count - 2])
  }

  /// Whether a sentence below a field says that an API key or the like is typed there: `Your account's API key` for
  /// a field that is called `Username`. A sentence that also speaks of a user or an identifier says only what the value
  /// belongs to: `The user name of your API key`.
  static func areDescribed(by description: String) -> Bool {
    let words = words(of: description)
    guard !words.contains(where: publicSubjects.contains) else { return false }
    return zip(words, words.dropFirst()).contains { before, word in
      described.contains(word) && openers.contains(before)
    }
  }

  /// The words of a name or title in lower case: `API_PASSWORD`, `staffUserToken` and `API key` alike.
  static func words(of text: String) -> [String] {
    NameWords.split(text, after: .anythingButCapital).map { $0.lowercased() }
  }

  /// The words up to what only explains them: a bracket, or what the thing is for.
  private static func subject(of text: String) -> [String] {
    let words = words(of: String(text.prefix { $0 != "(" && $0 != "[" }))
    return Array(words.prefix { !["for", "of", "from", "to", "in"].contains($0) })
  }

  /// `clientsecret`, `accesstoken`, `apikey`: names written without a mark between their words.
  private static func endsLikeSecret(_ word: String) -> Bool {
    ["secret", "password", "apikey", "token", "privatekey"].contains { word.hasSuffix($0) }
  }

  private static let any: Set = [
    "key", "keys", "apikey", "token", "tokens", "secret", "secrets", "password", "passwords",
    "passwd", "passphrase", "passcode", "private", "pat", "pin", "credential", "credentials",
  ]

  private static let passwords: Set = [
    "secret", "secrets", "password", "passwords", "passwd", "passphrase", "passcode",
  ]

  /// Words that make a `key` behind them one that opens something.
  private static let openers: Set = [
    "api", "app", "application", "private", "access", "secret", "license", "licence", "auth",
    "authentication", "authorization", "client", "consumer", "signing", "encryption", "security",
    "subscription", "integration", "developer", "dev", "service", "account", "master", "admin",
    "user", "partner", "session", "ssh", "shared", "hmac", "jwt", "product", "host", "pem", "rsa",
  ]

  private static let described: Set = ["key", "keys", "token", "tokens", "secret", "secrets"]

  private static let publicSubjects: Set = [
    "user", "users", "username", "login", "email", "mail", "id", "ids", "identifier", "name",
    "number", "host", "hostname", "domain", "subdomain", "url", "region", "public",
  ]
}
