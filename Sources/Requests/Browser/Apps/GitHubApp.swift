internal import Basics
internal import Drafts
internal import ProviderFormat
internal import Secrets

/// An application that is installed in accounts: it proves itself by a token that it signs, and gets one for an
/// installation. A person may sign in besides, with a token of their own.
enum GitHubApp {
  /// The setting that says which installation is meant.
  static let installationSetting = "installation_id"
  /// The credentials in which the application's number and its private key stand.
  static let fields = (id: "app_id", key: "private_key")
  /// In seconds: the longest that is allowed.
  static let lifetime: Int64 = 600

  static let headers: [Provider.NamedTemplate] = [
    .init(name: "accept", template: "application/vnd.github.v3+json"), authorization,
  ]

  static let authorization = Provider.NamedTemplate(
    name: "authorization", template: "Bearer \(FlowValue.applicationToken.template)")

  /// The request for the token of an installation.
  static let installationCall = TokenCall(
    place: .token(member: AuthMode.app.rawValue), format: .json, headers: headers)

  /// - Parameter user: how the token of whoever installed it is got, where that is wanted too.
  static func procedure(user: TokenProcedure?) -> TokenProcedure {
    var rules = GrantRules()
    rules.token = ["token"]
    rules.refreshToken = []
    rules.scope = []
    let installation = GrantStep(call: installationCall, rules: rules)
    var procedure = TokenProcedure(exchange: installation, renewal: installation, means: .client)
    guard let user else { return procedure }
    procedure.exchange =
      user.exchange.map { step in
        var step = step
        step.role = .user(isNeeded: true)
        step.needs = [.authorizationCode]
        return step
      } + [installation]
    procedure.renewal =
      user.renewal.map { step in
        var step = step
        step.role = .user(isNeeded: false)
        step.call.members = step.call.members.map { member in
          member == .refreshToken ? .text("refresh_token", .userRefreshToken) : member
        }
        step.needs = [.userRefreshToken]
        return step
      } + [installation]
    return procedure
  }

  /// The token by which the application proves itself. It is dated back a little, for a clock that is ahead.
  static func token(from sources: inout TemplateContext) throws(RequestError) -> SecretBuffer {
    let place = "the application's token"
    let key = try sources.credential(fields.key, for: place)
    let id = try sources.credential(fields.id, for: place)
    let issued = sources.now.secondsSinceEpoch - sources.backdating
    var claims = SecretJSONWriter()
    claims.beginObject()
    claims.key("iat")
    claims.number(issued)
    claims.key("exp")
    claims.number(issued + lifetime)
    claims.key("iss")
    id.withBytes { claims.string($0) }
    claims.endObject()
    guard let claims = claims.finish() else { throw .tooLong }
    return try SignedClaims.sign(claims, with: key)
  }
}
