internal import Basics
internal import ProviderFormat
internal import Secrets

/// How surely a value out of a text is the one that a field asks for.
enum SnippetMatch {
  /// Nothing says so.
  static let none = 0
  /// Only that both are secrets.
  static let telling = 30
  /// The end of the name, or another word for the same thing: shown before it is taken.
  static let likely = 50
  /// The name is the field's, or the value has the field's form: good enough where nobody is asked.
  static let sure = 90

  /// - Parameter isOnlySecret: whether the form has no other masked field.
  static func score(
    _ item: Snippet.Item, _ value: RawSpan, for context: RepairContext, isOnlySecret: Bool
  ) -> Int {
    guard !value.isEmpty, context.canHold(value) else { return none }
    // What names the kind of the values is none of them.
    if context.rules.isTellingly(value) { return sure + 20 }
    switch item.role {
    case .named:
      return score(name: item.name, for: context, isOnlySecret: isOnlySecret)
    case .header: return score(header: item.name, value, for: context)
    case .bearer: return context.isMasked && context.half != .user ? 60 : none
    case .user:
      return context.half == .user ? sure : context.half == nil && context.isMasked ? 20 : none
    case .password:
      return context.half == .password ? sure : context.half == nil && context.isMasked ? 45 : none
    case .loneUser: return context.half == .user ? sure : context.isMasked ? likely : none
    case .block: return score(label: item.name, for: context)
    case .line: return none
    }
  }

  /// By a name in a file of settings.
  private static func score(
    name text: String, for context: RepairContext, isOnlySecret: Bool
  ) -> Int {
    let name = SnippetName(text)
    let spelled = name.words.joined()
    for wanted in context.names {
      if spelled == wanted.joined() { return sure + 10 }
      for service in context.serviceWords where !service.isEmpty {
        for count in (1...service.count).reversed()
        where spelled == service.prefix(count).joined() + wanted.joined() {
          return sure + 5
        }
      }
    }
    for wanted in context.names where wanted.joined().utf8.count >= 5 {
      if spelled.hasSuffix(wanted.joined()) { return likely + 15 }
    }
    if context.synonyms.contains(where: {
      spelled == $0 || spelled.hasSuffix($0) && $0.utf8.count >= 5
    }) {
      return likely + 5
    }
    return isOnlySecret && context.isMasked && name.isTelling ? likely : none
  }

  private static func score(header name: String, _ value: RawSpan, for context: RepairContext)
    -> Int
  {
    let name = name.lowercased()
    if let header = context.headers.first(where: { $0.name == name }) {
      // The pair in a Basic header is no key, unless the provider sends the key so.
      let isPair =
        value.hasIgnoringCase("basic ".utf8) && !header.lead.lowercased().hasPrefix("basic")
      return isPair ? none : sure
    }
    guard context.isMasked, context.half != .user else { return none }
    if name == "authorization" { return value.hasIgnoringCase("basic ".utf8) ? none : 60 }
    if name == "cookie" { return none }
    return SnippetName(name).isTelling ? telling : none
  }

  /// A PEM block: a certificate where one is asked, else a key.
  private static func score(label: String, for context: RepairContext) -> Int {
    guard context.isMultiline else { return none }
    let asksCertificate = (context.names.flatMap { $0 }).contains { $0.hasPrefix("cert") }
    return asksCertificate == label.contains("CERTIFICATE") ? sure : none
  }
}

extension RepairContext {
  /// The words by which the field is known: its name in the entry, its title, what the form calls it.
  fileprivate var names: [[String]] {
    [field.id.name, field.title, label].map {
      SnippetName.words(of: String($0.prefix { $0 != "(" }))
    }
    .filter { !$0.isEmpty }
  }

  /// Other words for what the field asks for, without blanks.
  fileprivate var synonyms: [String] {
    let own = Set(names.map { $0.joined() })
    return RepairContext.groups.filter { !own.isDisjoint(with: $0) }.flatMap { $0 }
  }

  private static let groups: [[String]] = [
    [
      "apikey", "apitoken", "accesstoken", "token", "authtoken", "personalaccesstoken", "pat",
      "secretkey", "apisecret", "apiaccesstoken", "bearertoken", "accesskey",
    ],
    ["username", "user", "login", "email", "userid", "accountname"],
    ["password", "pass", "passwd", "pwd", "apipassword"],
    ["clientid", "appid", "applicationid", "consumerkey", "oauthclientid", "appkey"],
    ["clientsecret", "appsecret", "consumersecret", "oauthclientsecret", "secret"],
    ["privatekey", "clientprivatekey", "pem", "signingkey", "rsaprivatekey"],
    ["certificate", "clientcertificate", "cert", "crt"],
    ["privatekeyid", "keyid", "kid"],
    ["clientemail", "serviceaccountemail", "issuer", "serviceaccount"],
    ["host", "hostname", "domain", "baseurl", "url", "endpoint", "instanceurl"],
    ["organization", "organizationname", "org", "organizationid", "orgid"],
    ["tenant", "tenantid", "directoryid"], ["accountid", "account"], ["region", "location"],
    ["accesskeyid", "awsaccesskeyid"], ["secretaccesskey", "awssecretaccesskey"],
  ]

  /// Whether the field could hold it at all: one of the choices, no more than it has room for.
  fileprivate func canHold(_ value: RawSpan) -> Bool {
    guard value.byteCount <= field.capacity else { return false }
    return field.choices.isEmpty || field.choices.contains { value.equals($0.utf8) }
  }
}

extension FieldRules {
  /// What pattern or format say of a value; nil when the field has neither.
  func matches(_ bytes: RawSpan) -> Bool? { accept(bytes) ?? field.format?.accepts(bytes) }

  /// Whether the value can hardly be another field's: it has the provider's own beginning, or all the characters that a
  /// pattern of one length wants.
  func isTellingly(_ bytes: RawSpan) -> Bool {
    if let hint = hint(for: bytes) {
      return hint.verdict == .right && hint.startsWith.utf8.count >= 3 && accept(bytes) != false
    }
    guard let analysis, accept(bytes) == true else { return false }
    return analysis.literalPrefix.utf8.count >= 3
  }
}

/// Which values of a text go into which fields of a form.
struct SnippetFits {
  /// By the values' numbers.
  private(set) var fields: [Int: Field.ID] = [:]

  /// The surest first; no field gets two values, and a field for which two are equally likely gets none.
  ///
  /// - Parameter least: how sure a fit has to be.
  init(_ snippet: borrowing Snippet, _ contexts: [RepairContext], least: Int) {
    struct Pair {
      var item: Int
      var field: Int
      var score: Int
    }
    let isOnlySecret = contexts.count { $0.isMasked } == 1
    var pairs: [Pair] = []
    for item in snippet.items.indices {
      for (field, context) in contexts.enumerated() {
        let score = snippet.withBytes(of: item) {
          SnippetMatch.score(snippet.items[item], $0, for: context, isOnlySecret: isOnlySecret)
        }
        if score >= least { pairs.append(Pair(item: item, field: field, score: score)) }
      }
    }
    var taken: Set<Field.ID> = []
    for pair in pairs.sorted(by: { ($0.score, $1.item) > ($1.score, $0.item) }) {
      let id = contexts[pair.field].field.id
      guard fields[pair.item] == nil, !taken.contains(id) else { continue }
      let isTie = pairs.contains {
        $0.field == pair.field && $0.item != pair.item && $0.score == pair.score
          && fields[$0.item] == nil
      }
      if isTie, pair.score < SnippetMatch.sure, !snippet.kind.isCall { continue }
      fields[pair.item] = id
      taken.insert(id)
    }
  }

  /// The value for a field.
  func item(for field: Field.ID) -> Int? { fields.first { $0.value == field }?.key }
}
