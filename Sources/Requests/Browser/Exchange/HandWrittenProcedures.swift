internal import Basics
internal import ProviderFormat

/// The providers whose tokens are got in a way that their entries do not say: what the reference engine has programs
/// for, as a table. A row has the request that redeems a code and the one that renews, each with its members in the
/// order in which they are sent, and how the answers are read. What a row does not name is not sent.
enum HandWrittenProcedures {
  /// The procedure of a provider; nil for those that the general rules hold for.
  static func procedure(for provider: Provider) -> TokenProcedure? {
    guard let row = rows[provider.slug] else { return nil }
    return row.procedure(settings: AuthorizationRules(provider).foundInToken, provider)
  }

  /// Whether tokens of this provider need a protocol of its own that is not known here.
  static func isUnknown(_ slug: String) -> Bool {
    LinkObstacle.slugsWithOwnProtocol.contains(slug)
  }

  private static let hour: Int64 = 3600
  private static let day: Int64 = 24 * hour

  // MARK: What rows share

  private static let publicClient: [Value.Member] = [
    .grantCode, .code, .clientID, .redirect, .verifier,
  ]
  private static let publicRenewal: [Value.Member] = [.clientID, .grantRefresh, .refreshToken]
  private static let renewalAlone: [Value.Member] = [.grantRefresh, .refreshToken]
  private static let client: [Value.Member] = [.clientID, .clientSecret]
  private static let proven = TokenCall.form(
    [.grantCode, .code, .redirect, .verifier], headers: [.basic])
  private static let provenRenewal = TokenCall.form(renewalAlone, headers: [.basic])

  private static let figma = Row(
    TokenCall.json(client + [.code, .grantCode]).adding(query: [.redirect]),
    renewal: TokenCall.json(client + [.refreshToken]).at(.renewal),
    renewed: GrantRules().keepingRefreshToken)

  private static let microsoft = Row(
    .form(client + [.code, .redirect, .grantCode]),
    renewal: .form(client + [.refreshToken, .grantRefresh]))

  private static let stripe = Row(
    .form([.grantCode, .code, .redirect], headers: [.secretAsUser]),
    renewal: .form(renewalAlone, headers: [.secretAsUser]), GrantRules().living(hour))

  private static let coros: Row = {
    var renewed = GrantRules().living(30 * day)
    renewed.keepsToken = true
    renewed.mark = .init(path: "result", value: "0000", isRequired: true)
    return Row(
      .form([.clientID, .redirect, .code, .clientSecret, .grantCode]),
      renewal: TokenCall.form([.clientID, .refreshToken, .clientSecret, .grantRefresh])
        .at(.renewal),
      renewed: renewed)
  }()

  /// Short tokens are exchanged for long ones, which renew themselves.
  private static func longLived(_ prefix: String, _ exchange: String) -> Row {
    var row = Row(
      .form(client + [.grantCode, .redirect, .code]),
      renewal: TokenCall.query(
        [.grant("\(prefix)_refresh_token"), .text("access_token", .currentToken)], method: "GET"
      ).at(.renewal))
    row.means = .accessToken(age: day)
    row.then = [
      GrantStep(
        call: TokenCall.query(
          [
            .grant("\(prefix)_exchange_token"), .text("access_token", .currentToken), .clientSecret,
          ], method: "GET"
        ).at(.address(exchange)), role: .replacement(keepsFor: hour))
    ]
    return row
  }

  private static let tiktok: GrantRules = {
    var rules = GrantRules().below("data")
    rules.mark = .init(path: "code", value: "0")
    return rules
  }()

  private static let walmartHeaders: [Provider.NamedTemplate] = [
    .basic, .init(name: "wm_svc.name", template: "Walmart Marketplace"),
    .init(name: "wm_qos.correlation_id", template: "${random}"),
    .init(name: "wm_partner.id", template: "${connectionConfig.sellerId}"),
  ]

  private static let absorbHeaders: [Provider.NamedTemplate] = [
    .init(name: "x-api-version", template: "${connectionConfig.apiVersion}"),
    .init(name: "x-api-key", template: "${connectionConfig.restApiKey}"),
  ]

  private static let shoplineHeaders: [Provider.NamedTemplate] = [
    .init(name: "content-type", template: "application/json"),
    .init(name: "appkey", template: "${clientId}"),
    .init(name: "timestamp", template: FlowValue.timestampMilliseconds.template),
    .init(name: "sign", template: FlowValue.requestSignature.template),
  ]

  private static let revolut: [Value.Member] = [
    .text("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
    .text("client_assertion", .clientAssertion),
  ]

  // MARK: The table

  private static let rows: [String: Row] = {
    var rows = clientRows
    rows.merge(ownRows) { one, _ in one }
    return rows
  }()

  /// Those that differ in how the client proves itself, and in which members there are.
  private static let clientRows: [String: Row] = [
    "agiloft": Row(
      .form([.grantCode, .code, .clientID, .redirect], headers: [.basic]),
      renewal: .form(renewalAlone + [.text("md5_secret", .secretBeginning)]),
      renewed: GrantRules().keepingRefreshToken),
    "attio-mcp": Row(.form(publicClient), renewal: .form(publicRenewal)),
    "heygen": Row(.form(publicClient), renewal: TokenCall.form(publicRenewal).at(.renewal)),
    "posthog-oauth": Row(.form(publicClient), renewal: .form(publicRenewal)),
    "coros": coros, "coros-sandbox": coros,
    "fanvue": Row(proven, renewal: provenRenewal),
    "workday-oauth": Row(
      proven, renewal: provenRenewal, GrantRules().living(hour), keepsGivenToken: true),
    "figma": figma, "figjam": figma,
    "followupboss": Row(
      .form(
        [.grantCode, .code, .redirect, .text("state", .authorizationState)], headers: [.basic]),
      renewal: provenRenewal),
    "jobber": Row(
      .form(client + [.grantCode, .code]), renewal: .form(client + renewalAlone),
      GrantRules().living(hour)),
    "mercury": Row(
      .form([.code, .grantCode, .redirect, .verifier]), renewal: .form(renewalAlone)),
    "microsoft-teams-bot": microsoft, "one-drive": microsoft, "sharepoint-online": microsoft,
    "slack": slack,
    "stripe-app": stripe, "stripe-app-sandbox": stripe,
    "walmart": Row(
      .form([.grantCode, .code, .redirect], headers: walmartHeaders),
      renewal: .form(renewalAlone, headers: walmartHeaders),
      renewed: GrantRules().keepingRefreshToken),
    "absorb-lms": Row(
      .form(
        [.grantCode] + client + [.code, .redirect, .text("nonce", "${random}")],
        headers: absorbHeaders),
      renewal: .form(
        [.grantRefresh] + client + [
          .refreshToken, .text("nonce", "${random}"), .text("scope", .commaScopes),
        ], headers: absorbHeaders)),
  ]

  /// Those with a protocol more or less of their own.
  private static let ownRows: [String: Row] = [
    "bullhorn": bullhorn,
    "clover": Row(
      .json(client + [.code]),
      renewal: TokenCall.json([.clientID, .refreshToken]).at(.renewal), cloverRules),
    "facebook": Row(
      TokenCall.json(client + [.code, .redirect, .verifier]).adding(query: [.redirect]),
      renewal: .query(
        client + [.grant("fb_exchange_token"), .text("fb_exchange_token", .currentToken)]),
      means: .accessToken(age: 0)),
    "instagram": longLived("ig", "https://graph.instagram.com/access_token"),
    "threads": longLived("th", "https://graph.threads.net/access_token"),
    "microsoft-admin": Row(admin, renewal: admin, means: .client),
    "revolut-business": Row(
      .form([.grantCode, .code] + revolut),
      renewal: TokenCall.form(renewalAlone + revolut).at(.renewal),
      renewed: GrantRules().keepingRefreshToken),
    "sentry-oauth": Row(
      .json(client + [.grantCode, .code]), renewal: .json(client + renewalAlone), sentryRules),
    "shopline-oauth": Row(
      TokenCall(format: .json, members: [.code], headers: shoplineHeaders),
      renewal: TokenCall(place: .renewal, headers: shoplineHeaders), shoplineRules, means: .client),
    "tiktok-accounts": Row(
      .json(client + [.grantCode, .text("auth_code", .authorizationCode), .redirect]),
      renewal: TokenCall.json(client + renewalAlone).at(.renewal), tiktok),
    "tiktok-ads": Row(
      .json([
        .text("secret", "${clientSecret}"), .text("app_id", "${clientId}"),
        .text("auth_code", .authorizationCode),
      ]), renewal: nil, tiktok),
    "tiktok-personal": Row(
      .form([clientKey, .clientSecret, .code, .grantCode, .redirect]),
      renewal: .form([clientKey, .clientSecret] + renewalAlone)),
  ]

  private static let clientKey = Value.Member.text("client_key", "${clientId}")

  /// An administrator agrees once; the client then asks for itself.
  private static let admin = TokenCall.form(
    client + [.grant("client_credentials"), .text("scope", .encodedScopes)])

  private static let cloverRules: GrantRules = {
    var rules = GrantRules()
    rules.expiry = [("access_token_expiration", .expiresAt)]
    return rules
  }()

  private static let sentryRules: GrantRules = {
    var rules = GrantRules()
    rules.token = ["token"]
    rules.refreshToken = ["refreshToken"]
    rules.expiry = [("expiresAt", .expiresAt)]
    return rules
  }()

  private static let shoplineRules: GrantRules = {
    var rules = GrantRules()
    rules.token = ["data.accessToken"]
    rules.refreshToken = []
    rules.scope = ["data.scope"]
    rules.expiry = [("data.expireTime", .expiresAt)]
    return rules
  }()

  /// The token opens a session, whose own token is the one that requests carry.
  private static let bullhorn: Row = {
    var row = Row(
      .query(client + [.grantCode, .code, .redirect]), renewal: .query(client + renewalAlone))
    var session = GrantRules().living(7 * day)
    session.token = ["BhRestToken"]
    session.refreshToken = []
    row.then = [
      GrantStep(
        call: TokenCall.query([
          .text("version", "*"), .text("access_token", .currentToken), .text("ttl", "10080"),
        ]).at(.address("https://rest-west.bullhornstaffing.com/rest-services/login")),
        rules: session, role: .replacement(keepsFor: nil))
    ]
    row.repeatsThen = true
    return row
  }()

  /// The person's own token has a renewal of its own.
  private static let slack: Row = {
    var rules = GrantRules()
    rules.mark = .init(path: "ok", value: "true")
    var row = Row(
      .form(client + [.code, .redirect, .grantCode]), renewal: .form(client + renewalAlone), rules)
    row.userRenewal = .form(
      client + [.grantRefresh, .text("refresh_token", .userRefreshToken)])
    return row
  }()
}
