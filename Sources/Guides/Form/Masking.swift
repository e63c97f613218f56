/// Which fields are hidden while they are typed.
///
/// Most entries do not mark their secrets (308 of the 323 API-key providers do not), so the rule is the other way
/// round: a credential is masked unless it is known to be public, and what is called a key, token, secret, password
/// or private thing is masked wherever it stands.
enum Masking {
  /// Whether the value of `field` must not be shown while it is typed.
  static func masks(_ field: Field) -> Bool {
    if isDeclared(field) { return true }
    switch field.id.scope {
    case .credentials:
      return speaksOfSecret(field.id.name) || speaksOfSecret(field.title) || !isPublic(field)
    case .connectionConfig, .assertionOption, .integrationConfig:
      // Nobody types a secret by choosing it from a list, nor one that must be a host name or an address.
      guard field.choices.isEmpty, field.format == nil || field.format == .uuid else {
        return false
      }
      return namesSecret(field.id.name) || namesSecret(field.title)
    }
  }

  /// The rule of the format itself: `secret: true`, or one of the names that are always secret among credentials.
  /// `masks` never says less than this.
  static func isDeclared(_ field: Field) -> Bool {
    field.isDeclaredSecret
      || (field.id.scope == .credentials && alwaysSecret.contains(field.id.name))
  }

  private static let alwaysSecret: Set = [
    "apiKey", "password", "pat_secret", "content_url", "client_secret", "client_certificate",
    "client_private_key", "oauth_client_secret_override", "oauth_refresh_token_override",
    "token_id", "token_secret", "dev_key", "privateKey",
  ]

  /// Words that make a credential secret wherever they occur in its name or title.
  private static let secretWords: Set = [
    "key", "keys", "apikey", "token", "tokens", "secret", "secrets", "password", "passwords",
    "passwd", "passphrase", "passcode", "private", "pat", "pin", "credential", "credentials",
  ]

  private static func speaksOfSecret(_ text: String) -> Bool {
    words(of: text).contains { secretWords.contains($0) || endsLikeSecret($0) }
  }

  /// Outside the credentials a key may be the short name of a project or a space, so only the last word counts, and
  /// `key` alone only together with the word that says what it opens.
  private static func namesSecret(_ text: String) -> Bool {
    let words = words(of: text)
    guard let last = words.last else { return false }
    if words.contains("public") { return false }
    if words.contains(where: passwordWords.contains) || endsLikeSecret(last) { return true }
    if last == "token" || last == "tokens" || last == "pat" { return true }
    guard last == "key" || last == "keys" else { return false }
    return words.count > 1 && openingWords.contains(words[words.count - 2])
  }

  private static let passwordWords: Set = [
    "secret", "secrets", "password", "passwords", "passwd", "passphrase", "passcode",
  ]

  private static let openingWords: Set = [
    "api", "app", "application", "private", "access", "secret", "license", "licence", "auth",
    "authentication", "authorization", "client", "consumer", "signing", "encryption", "security",
    "subscription", "integration", "developer", "dev", "service", "account", "master", "admin",
    "user", "partner", "session", "ssh", "shared", "hmac", "jwt", "product", "host",
  ]

  /// `clientsecret`, `accesstoken`, `apikey`: names written without a mark between their words.
  private static func endsLikeSecret(_ word: String) -> Bool {
    ["secret", "password", "apikey", "token", "privatekey"].contains { word.hasSuffix($0) }
  }

  /// A user name, an e-mail address, the name of a place, or the identifier of something that is not itself a key.
  private static func isPublic(_ field: Field) -> Bool {
    if field.format == .hostname || field.format == .email || !field.choices.isEmpty { return true }
    let words = words(of: field.id.name)
    guard let last = words.last else { return false }
    if publicNames.contains(words.joined()) || publicWords.contains(last) { return true }
    guard last == "id" || last == "identifier", words.count > 1 else { return false }
    return !["session", "auth", "access"].contains(words[words.count - 2])
  }

  private static let publicNames: Set = [
    "user", "username", "userid", "login", "loginname", "name", "clientid", "rolearn", "isu",
    "accountid", "patname", "oauthclientidoverride", "accountname", "accountnumber", "companyname",
    "integratorname",
  ]

  private static let publicWords: Set = [
    "username", "email", "mail", "host", "hostname", "domain", "subdomain", "region", "url", "uri",
    "endpoint", "environment", "arn", "tenant", "issuer", "organization", "company", "workspace",
  ]

  /// The words of a name or title in lower case: `API_PASSWORD`, `staffUserToken` and `API key` alike.
  private static func words(of text: String) -> [String] {
    var words: [String] = []
    var word = ""
    var previousWasLower = false
    for scalar in text.unicodeScalars {
      guard scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) else {
        if !word.isEmpty { words.append(word) }
        word = ""
        previousWasLower = false
        continue
      }
      let isUpper = scalar.properties.isUppercase
      if isUpper && previousWasLower {
        words.append(word)
        word = ""
      }
      word += String(scalar).lowercased()
      previousWasLower = !isUpper
    }
    if !word.isEmpty { words.append(word) }
    return words
  }
}
