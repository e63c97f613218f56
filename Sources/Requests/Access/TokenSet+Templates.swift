internal import Basics
internal import Drafts
internal import ProviderFormat
internal import Secrets

/// What is kept of a token is kept once, under one name; templates may have several for it.
extension TokenSet {
  /// Under which name the cookies are kept.
  static let cookiesName = "_cookies"
  /// Under which name the signed assertion is kept, which is what templates call it.
  static let assertionName = "credentials.assertion"
  /// What stands before the name of a setting that an answer told.
  private static let settingPrefix = "connectionConfig."

  /// The names by which templates call what is kept under one.
  static func names(of kept: String, in sources: borrowing TemplateContext) -> [String] {
    switch kept {
    case accessTokenName:
      // A form's own field of that name is what was typed.
      let other = Field.ID(.credentials, "token")
      return sources.values.contains(other) ? [kept] : [kept, "credentials.token"]
    case refreshTokenName: return TemplateScope.renewal.sorted()
    case cookiesName: return TemplateScope.cookies
    case secondTokenName: return [kept] + (SecondToken.of(sources.provider)?.names ?? [])
    default: return [kept]
    }
  }

  /// Puts what is kept where templates find it.
  borrowing func restore(in sources: inout TemplateContext) {
    for name in values.keys {
      guard let value = values.duplicate(of: name) else { continue }
      if name.hasPrefix(Self.settingPrefix) {
        let setting = String(name.dropFirst(Self.settingPrefix.count))
        sources.settle(Field.ID(.connectionConfig, setting), to: value)
      } else {
        for alias in Self.names(of: name, in: sources) {
          sources.fetched.set(alias, to: value.duplicate())
        }
      }
    }
    sources.assertionExpires = assertionExpires
  }

  /// Takes out of templates' sight what `restore` put there, all but a signed assertion, which does not hang on the token.
  static func withdraw(from sources: inout TemplateContext) {
    for name in sources.fetched.keys where name != assertionName && !name.hasPrefix("derived.") {
      sources.fetched.remove(name)
    }
    sources.unsettle()
  }

  /// What later requests use of all that was got.
  /// - Parameter expires: when the access token ends.
  init(keeping sources: borrowing TemplateContext, expires: Timestamp?) {
    let provider = sources.provider
    var values = SecretMap<String>()
    for name in Self.keptNames(provider) {
      if let value = sources.fetched.duplicate(of: name) { values.set(name, to: value) }
    }
    for id in sources.settled {
      if let value = sources.values.duplicate(of: id) {
        values.set(Self.settingPrefix + id.name, to: value)
      }
    }
    self.init(
      values: values, obtained: sources.now, expires: expires,
      type: provider.sendsBearerToken ? "Bearer" : nil,
      assertionExpires: sources.fetched.contains(Self.assertionName)
        ? sources.assertionExpires : nil)
  }

  /// Puts marks where a token that is not there would put values.
  static func standIn(in sources: inout TemplateContext) {
    for name in keptNames(sources.provider) where name != assertionName {
      for alias in names(of: name, in: sources) { sources.standIn(for: alias, as: name) }
    }
  }

  /// Everything that can be kept of a token of a provider.
  private static func keptNames(_ provider: Provider) -> [String] {
    let rules = TokenRules(provider)
    if provider.authMode.rules.proof == .token(.service) {
      return STSRequest.Temporary.allCases.map(\.rawValue)
    }
    var names = [accessTokenName]
    if rules.response.refreshToken != nil { names.append(refreshTokenName) }
    if rules.keepsCookies { names.append(cookiesName) }
    return names + [assertionName] + rules.lasting
  }
}

extension Provider {
  /// Whether requests carry the access token as OAuth's bearer tokens are (RFC 6750).
  fileprivate var sendsBearerToken: Bool {
    let headers = authMode.requestRules.headers(for: self, hasToken: true) + proxy.headers
    let last = headers.last { $0.name.lowercased() == "authorization" }
    return last?.template == "Bearer ${\(TemplateContext.tokenName)}"
  }
}
