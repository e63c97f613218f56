/// Finds what is said of credentials: a noun for them, and near it a word that says what is wrong.
struct CredentialWords {
  private let words: [String]

  /// Numbers and identifiers say nothing here, and would stand between the words that do.
  init(_ words: [String]) {
    let isNumber = words.map { word in word.contains { $0.isNumber } }
    self.words = words.indices.filter { index in
      if isNumber[index] { return false }
      // Letters behind a number may be a part of a UUID.
      let isBeside = index > 0 && isNumber[index - 1]
      return !(isBeside && words[index].allSatisfy(\.isHexDigit))
    }.map { words[$0] }
  }

  /// How many words may stand between the two.
  private static let reach = 6

  private static let nouns: Set<String> = [
    "credential", "credentials", "token", "tokens", "password", "passwd", "passphrase", "passcode",
    "apikey", "apikeys", "apitoken", "accesstoken", "accesskey", "userkey", "secret", "secrets",
    "signature", "jwt", "bearer", "login", "logon", "auth", "authentication", "authorization",
    "authorisation", "oauth", "session", "username", "pat", "authtoken", "clientid", "clientsecret",
  ]
  /// Two words for one thing. A key alone may be anything.
  private static let pairs: Set<String> = [
    "api key", "api keys", "api token", "access key", "user key", "secret key", "app key",
    "application key", "auth key", "account key", "subscription key", "developer key", "dev key",
    "license key", "licence key", "private key", "service key", "client key", "client id",
    "client secret", "app id", "app secret", "application id", "user name", "integration key",
    "partner key", "consumer key", "session id", "webhook key", "public key", "publishable key",
    "security key", "access code", "pin code",
  ]
  /// What makes a token or a key something else.
  private static let otherKinds: Set<String> = [
    "page", "next", "cursor", "csrf", "xsrf", "continuation", "sync", "upload", "device", "push",
    "unexpected", "primary", "foreign", "sort", "partition", "idempotency", "object", "issue",
    "project", "json", "cache", "query", "parameter", "map", "routing",
  ]
  private static let wrong: Set<String> = [
    "invalid", "incorrect", "wrong", "bad", "unknown", "unrecognized", "unrecognised", "malformed",
    "rejected", "mismatch", "mismatched", "illegal", "unverified", "unregistered",
    "nonexistent", "inexistent", "undefined", "refused",
  ]
  private static let ended: Set<String> = [
    "expired", "revoked", "disabled", "deactivated", "inactive", "deleted", "suspended", "blocked",
    "locked", "terminated", "invalidated", "expire", "expires", "rotated", "cancelled", "canceled",
  ]
  /// These say it of acts only: authentication failed.
  private static let failed: Set<String> = ["failed", "failure", "error", "fail", "unsuccessful"]
  private static let acts: Set<String> = [
    "auth", "authentication", "authorization", "authorisation", "login", "logon", "oauth",
    "signature", "credentials", "token",
  ]
  private static let absent: Set<String> = [
    "missing", "required", "no", "without", "absent", "empty", "need", "needs", "needed", "provide",
    "supply", "supplied", "provided", "expected", "lacks", "lacking", "blank",
  ]
  /// Two words that say that something is wrong.
  private static let wrongPairs: Set<String> = [
    "not valid", "t valid", "not recognized", "not recognised", "not match", "t match", "not found",
    "not exist", "t exist", "not accepted", "no such", "not registered", "not correct", "not known",
    "no matching", "not verified", "t verify", "not verify", "t recognize", "not recognize",
    "cannot verify", "not authentic", "no user", "no account", "no client", "no application",
    "not find", "t find", "cannot find", "cannot authenticate",
  ]
  private static let endedPairs: Set<String> = [
    "no longer", "not active", "t active", "been revoked", "been disabled",
  ]
  /// Whoever has credentials: they end with them.
  private static let owners: Set<String> = ["account", "user", "client", "application"]
  private static let addresses: Set<String> = [
    "tenant", "organization", "organisation", "workspace", "subdomain", "site", "instance",
    "company", "domain", "realm", "host", "hostname", "environment", "shop", "store", "team",
    "account", "portal", "database", "server", "region", "datacenter",
  ]

  var topics: WordTopics {
    var topics: WordTopics = []
    let nouns = places { isNoun(at: $0) }
    let wrong = places { Self.wrong.contains(words[$0]) || isPair(at: $0, in: Self.wrongPairs) }
    let ended = places { Self.ended.contains(words[$0]) || isPair(at: $0, in: Self.endedPairs) }
    let failed = places { Self.failed.contains(words[$0]) }
    let acts = places { Self.acts.contains(words[$0]) }
    if isNear(nouns, wrong) || isNear(acts, failed) { topics.insert(.wrong) }
    if isNear(nouns, ended) { topics.insert(.ended) }
    if isNear(nouns, places { Self.absent.contains(words[$0]) }) { topics.insert(.missing) }
    if isNear(places { Self.owners.contains(words[$0]) }, ended) { topics.insert(.ended) }
    let addresses = places { Self.addresses.contains(words[$0]) }
    if isNear(addresses, wrong) || isNear(addresses, ended) { topics.insert(.address) }
    return topics
  }

  private func places(_ passes: (Int) -> Bool) -> [Int] { words.indices.filter(passes) }

  private func isPair(at index: Int, in pairs: Set<String>) -> Bool {
    index + 1 < words.count && pairs.contains("\(words[index]) \(words[index + 1])")
  }

  private func isNoun(at index: Int) -> Bool {
    let isOther = index > 0 && Self.otherKinds.contains(words[index - 1])
    if Self.nouns.contains(words[index]) { return !isOther }
    if isPair(at: index, in: Self.pairs) { return true }
    return words[index] == "key" && !isOther && isKeyOfSomebody(at: index)
  }

  private static let saidOfKeys = wrong.union(ended).subtracting(["unknown", "undefined"])

  /// A key without a word for its kind: only what is plainly said of the one that was sent.
  private func isKeyOfSomebody(at index: Int) -> Bool {
    let before = index > 0 ? words[index - 1] : ""
    let after = words.dropFirst(index + 1).prefix(3)
    let said = Self.saidOfKeys
    return ["your", "this", "the", "provided", "supplied", "given"].contains(before)
      || said.contains(before) || after.contains { said.contains($0) }
      || after.starts(with: ["is", "not", "valid"]) || after.starts(with: ["not", "valid"])
  }

  private func isNear(_ some: [Int], _ others: [Int]) -> Bool {
    some.contains { one in others.contains { abs($0 - one) <= Self.reach } }
  }
}
