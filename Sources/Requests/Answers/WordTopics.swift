internal import Basics

/// What the words of an answer are about. Several can be true of one sentence; which of them counts depends on the
/// status, and `AnswerReader` says so.
struct WordTopics: OptionSet, Hashable {
  let rawValue: Int

  /// The credentials are wrong, malformed, unknown.
  static let wrong = WordTopics(rawValue: 1 << 0)
  /// They were good once: expired, revoked, disabled.
  static let ended = WordTopics(rawValue: 1 << 1)
  /// No credentials were found, or something else is not there.
  static let missing = WordTopics(rawValue: 1 << 2)
  /// A right, a role, a scope.
  static let right = WordTopics(rawValue: 1 << 3)
  /// Access that is not given, for whatever reason.
  static let denied = WordTopics(rawValue: 1 << 11)
  /// A plan, a payment.
  static let plan = WordTopics(rawValue: 1 << 4)
  /// Some clock: this machine's, or the time in a token.
  static let clock = WordTopics(rawValue: 1 << 5)
  /// A firewall, a filter or a gateway speaks.
  static let gateway = WordTopics(rawValue: 1 << 6)
  /// Where the request comes from.
  static let place = WordTopics(rawValue: 1 << 7)
  /// Account, organization or site that the address names.
  static let address = WordTopics(rawValue: 1 << 8)
  /// Too many requests.
  static let rate = WordTopics(rawValue: 1 << 9)
  /// Maintenance and the like.
  static let trouble = WordTopics(rawValue: 1 << 10)

  init(rawValue: Int) { self.rawValue = rawValue }

  /// Reads a sentence, or a word such as `invalid_auth`.
  init(of text: String) {
    let words = NameWords.split(text, after: .smallLetter).map { $0.lowercased() }
    let line = " \(words.joined(separator: " ")) "
    self = []
    for (topic, phrases) in TopicPhrases.all where phrases.contains(where: { line.contains($0) }) {
      insert(topic)
    }
    formUnion(CredentialWords(words).topics)
  }

  init(of texts: [String]) {
    self = texts.reduce(into: []) { $0.formUnion(WordTopics(of: $1)) }
  }
}

/// Phrases that tell by themselves. A blank at the end ends a word; without one any ending fits.
enum TopicPhrases {
  static let all: [(WordTopics, [String])] = [
    (
      .wrong,
      [
        " unauthorized ", " unauthorised ", " unauthenticated ", " not authenticated ",
        " not authed ", " could not authenticate", " unable to authenticate", " can t authenticate",
        " cannot authenticate", " failed to authenticate", " not be authenticated",
        " not logged in ",
        " access denied due to invalid", " invalid grant ", " invalid client ", " invalid user ",
      ]
    ),
    (
      .missing,
      [
        " must authenticate", " must be authenticated", " must be logged in ", " please log in ",
        " please login ", " please sign in ", " need to log in ", " need to sign in ",
        " requires authentication ", " requires user authentication ", " requires login ",
        " missing authentication ", " missing ", " is required ", " are required ",
        " not provided ", " not supplied ", " must provide ", " must supply ", " must be provided ",
      ]
    ),
    (
      .right,
      [
        " permission", " scope", " privilege", " insufficient access ", " insufficient rights ",
        " insufficient authority ", " a role ", " the role ", " roles ", " admin", " entitle",
        " not enabled ", " not have the right", " read only ", " write access ",
      ]
    ),
    (
      .denied,
      [
        " not allowed ", " not permitted ", " not authorized to ", " not authorised to ",
        " no access ", " not have access ", " access denied ", " access is denied ",
        " access was denied ", " denied access ", " permission denied ", " no permission",
        " not have permission", " t have permission", " insufficient ", " not have the right",
        " access not granted ", " not granted ", " t have access ", " t allowed ", " t permitted ",
        " missing scope", " access forbidden ",
      ]
    ),
    (
      .plan,
      [
        " upgrade ", " your plan ", " current plan ", " paid plan ", " free plan ", " pricing ",
        " billing ", " payment ", " trial ", " subscription is ", " subscription has ",
        " no subscription ", " active subscription ", " subscription required ", " out of credits ",
        " enough credits ", " insufficient credits ", " insufficient funds ",
        " insufficient balance ",
        " balance is ",
      ]
    ),
    (
      .clock,
      [
        " clock", " skew", " iat ", " nbf ", " issued at ", " in the future ", " not yet valid ",
        " not valid yet ", " before issued ", " issued in ", " used too early ",
        " not yet current ",
        " time difference ", " system time ", " server time ", " request time ", " time too ",
        " timestamp ", " time stamp ", " requesttime", " not yet active ", " not before claim ",
        " request expired ", " request has expired ", " signature expired ",
        " signature has expired ",
        " assertion expired ", " assertion has expired ", " assertion is expired ",
        " signed at another time ", " recvwindow ", " recv window ",
      ]
    ),
    (
      .gateway,
      [
        " firewall", " waf ", " you have been blocked ", " request blocked ",
        " request was blocked ",
        " been blocked by ", " is blocked by ", " was blocked by ", " blocked by ", " web filter",
        " content filter", " cloudflare ", " cloudfront ", " akamai ", " edgesuite ", " incapsula ",
        " imperva ", " sucuri ", " zscaler ", " netskope ", " forcepoint ", " fortigate ",
        " fortiguard ", " fortinet ", " fortiweb ", " palo alto ", " bluecoat ", " blue coat ",
        " barracuda ", " sophos ", " squid ", " captcha", " attention required ", " just a moment ",
        " checking your browser ", " unusual traffic ", " ddos ", " bot detect",
        " automated requests ",
        " support id ", " ray id ", " rbac access denied ", " administrative rules ", " proxy",
        " mod security ", " modsecurity ", " security policy ", " company policy ",
        " security gateway ",
        " network policy ", " no route matched ", " missing authentication token ",
        " url was rejected ", " security service ", " access to this site ", " captive portal ",
        " internet usage ", " application gateway ", " corporate network ",
      ]
    ),
    (
      .place,
      [
        " ip address", " your ip ", " ip is ", " this ip ", " ip not ", " from ip ", " source ip ",
        " client ip ", " remote ip ", " whitelist", " allowlist", " allow list", " white list",
        " ip restrict", " ip allow", " ip block", " invalid ip ", " from your country ",
        " your country ", " your region ", " your location ", " this location ", " geo ",
      ]
    ),
    (
      .rate,
      [
        " rate limit", " ratelimit", " rate exceeded ", " too many ", " throttl", " quota ",
        " slow down ", " limit exceeded ", " limit reached ", " limit has been reached ",
        " limit was exceeded ", " requests per ", " usage limit ",
      ]
    ),
    (
      .trouble,
      [
        " maintenance ", " temporarily ", " service unavailable ", " try again later ",
        " overloaded ",
        " internal server error ", " internal error ", " server error ",
      ]
    ),
  ]
}

/// Finds what is said of credentials: a noun for them, and near it a word that says what is wrong.
struct CredentialWords {
  private let words: [String]

  /// Numbers and identifiers say nothing here, and would stand between the words that do.
  init(_ words: [String]) {
    self.words = words.filter { !$0.contains { $0.isNumber } }
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
    "cannot verify", "not authentic",
  ]
  private static let endedPairs: Set<String> = [
    "no longer", "not active", "t active", "been revoked", "been disabled",
  ]
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

  /// A key without a word for its kind: only what is plainly said of the one that was sent.
  private func isKeyOfSomebody(at index: Int) -> Bool {
    let before = index > 0 ? words[index - 1] : ""
    let after = words.dropFirst(index + 1).prefix(3)
    let said = Self.wrong.union(Self.ended).subtracting(["unknown", "undefined"])
    return ["your", "this", "the", "provided", "supplied", "given"].contains(before)
      || said.contains(before) || after.contains { said.contains($0) }
      || after.starts(with: ["is", "not", "valid"]) || after.starts(with: ["not", "valid"])
  }

  private func isNear(_ some: [Int], _ others: [Int]) -> Bool {
    some.contains { one in others.contains { abs($0 - one) <= Self.reach } }
  }
}
