internal import ProviderFormat

/// The mode TWO_STEP: a token is got in one request or several, and requests carry it.
struct TwoStepRequests: RequestRules {
  func tokenProcedure(for provider: Provider) -> (any CheckStrategy)? {
    TwoStepCheck(TokenRules(provider))
  }

  /// The token in the usual header, unless the entry says in which it goes, or that the session is a cookie.
  func headers(for provider: Provider, hasToken: Bool) -> [Provider.NamedTemplate] {
    let isPlaced = provider.proxy.headers.contains { header in
      header.template.contains("${\(TemplateContext.tokenName)}")
        || header.name.lowercased() == "cookie" && header.template.contains("_cookies")
    }
    return bearer(hasToken: hasToken && !isPlaced)
  }
}
