internal import Basics
internal import Drafts
internal import ProviderFormat
internal import Secrets

/// A token for another resource of the same provider, which some applications need beside the one that requests carry:
/// Microsoft gives out tokens for one resource at a time. It is got with the first and renewed with it, and lies sealed
/// among the tokens; templates of entries call it as if it were a setting.
struct SecondToken {
  /// What entries call it.
  let setting: String
  /// How it is got, once there is the first.
  let step: GrantStep

  /// The one that an application of a provider needs; nil for most providers, which have none.
  static func of(_ provider: Provider) -> SecondToken? {
    switch provider.slug {
    case "one-drive", "sharepoint-online": sharePoint
    case "microsoft-teams-bot": botFramework
    default: nil
    }
  }

  /// The names by which templates call it: itself, and as the member of an answer.
  var names: [String] {
    ["connectionConfig.\(setting)", "connectionConfig.\(setting).access_token"]
  }

  // MARK: What is asked

  private static let sharePoint = SecondToken(
    setting: "sharepointAccessToken",
    step: GrantStep(
      call: TokenCall.form([
        .clientID, .clientSecret, .refreshToken, .grantRefresh,
        .text("scope", "https://\(FlowValue.tenant.template).sharepoint.com/Sites.Read.All"),
      ]).at(tokenAddress(of: FlowValue.tenant.template)),
      role: .second, needs: [.refreshToken, .tenant]))

  /// The bot speaks for itself: no person's consent stands behind its token.
  private static let botFramework = SecondToken(
    setting: "botFrameworkAccessToken",
    step: GrantStep(
      call: TokenCall.form([
        .clientID, .clientSecret, .grant("client_credentials"),
        .text("scope", "https://api.botframework.com/.default"),
      ]).at(tokenAddress(of: "${connectionConfig.\(botTenantSetting)}")),
      role: .second, needsSetting: botTenantSetting))

  /// The tenant in which a bot is registered. Without one there is no such token.
  private static let botTenantSetting = "botHostTenantId"

  private static func tokenAddress(of tenant: String) -> TokenCall.Place {
    .address("https://login.microsoftonline.com/\(tenant)/oauth2/v2.0/token")
  }

  // MARK: The tenant

  /// The longest name of a tenant: its number has 36 characters, a domain rarely more.
  private static let longestTenant = 100

  /// Puts the tenant where requests find it: the one that the first token names (`tid`), else the one that is known.
  static func findTenant(in sources: inout TemplateContext) {
    let payload =
      sources.fetched.withBytes(of: FlowValue.currentToken.rawValue) { JWTClaims.payload($0) }
      ?? SecretBuffer(capacity: 1)
    let claim = payload.withBytes { JSONPath("tid").text(in: $0) }
    let known = Field.ID(.connectionConfig, "tenantId")
    let tenant = claim ?? sources.values.duplicate(of: known) ?? SecretBuffer(capacity: 1)
    let text = tenant.withBytes { $0.byteCount <= longestTenant ? $0.shownText : "" }
    // It becomes part of an address, and came with an answer.
    let isName = text.utf8.allSatisfy {
      $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".")
    }
    sources.request[FlowValue.tenant.rawValue] = isName && !text.isEmpty ? text : nil
  }
}

extension TokenSet {
  /// Under which name the token for another resource is kept, where there is one.
  static let secondTokenName = "secondToken"

  /// Goes on without a new token for another resource: the one that there is stays while it lives, and with it the whole
  /// set ends, so that it is asked for again then.
  /// - Parameter end: of the set that it came with; nil where that is not known.
  mutating func keepSecondToken(until end: Timestamp?) {
    guard values.contains(Self.secondTokenName) else { return }
    guard let end, end > obtained else {
      values.remove(Self.secondTokenName)
      return
    }
    expires = expires.map { min($0, end) } ?? end
  }
}
