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
        " unknown client ", " client not found ", " no such client ", " client is unknown ",
        " client does not exist ", " client was not found ",
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
        " request was blocked ", " request is blocked ", " request has been blocked ",
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
