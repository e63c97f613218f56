internal import ProviderFormat

extension HandWrittenProcedures {
  /// One row of the table.
  struct Row {
    /// Redeems the code.
    let exchange: TokenCall
    /// Gets the next token; nil where there is none.
    let renewal: TokenCall?
    /// How the answer to the one is read, and to the other.
    let granted: GrantRules
    let renewed: GrantRules
    var means: TokenProcedure.Means
    /// Whether a refresh token that somebody brought, instead of agreeing in a browser, is never replaced.
    let keepsGivenToken: Bool
    /// What follows, once there is a token.
    var then: [GrantStep] = []
    /// Whether it follows a renewal too.
    var repeatsThen = false
    /// Renews the token of the person beside the application's own.
    var userRenewal: TokenCall?

    /// - Parameter renewed: as `granted` where nothing is given.
    init(
      _ exchange: TokenCall, renewal: TokenCall?, _ granted: GrantRules = GrantRules(),
      renewed: GrantRules? = nil, means: TokenProcedure.Means = .refreshToken,
      keepsGivenToken: Bool = false
    ) {
      self.exchange = exchange
      self.renewal = renewal
      self.granted = granted
      self.renewed = renewed ?? granted
      self.means = renewal == nil ? .none : means
      self.keepsGivenToken = keepsGivenToken
    }

    /// - Parameter settings: those that the answer brings.
    func procedure(settings: [String], _ provider: Provider) -> TokenProcedure {
      var steps = [GrantStep(call: exchange, rules: granted.declared(by: provider))] + then
      for index in steps.indices { steps[index].settings = settings }
      var procedure = TokenProcedure(exchange: steps[0], renewal: nil, means: means)
      let second = SecondToken.of(provider).map { [$0.step] } ?? []
      procedure.exchange = steps + second
      procedure.means = means
      procedure.keepsGivenToken = keepsGivenToken
      guard let renewal else { return procedure }
      procedure.renewal = [
        GrantStep(
          call: renewal, rules: renewed.declared(by: provider),
          needs: means == .refreshToken ? [.refreshToken] : [])
      ]
      if repeatsThen { procedure.renewal += then }
      if let userRenewal {
        procedure.renewal.append(
          GrantStep(
            call: userRenewal, rules: renewed.declared(by: provider), role: .user(isNeeded: false),
            needs: [.userRefreshToken]))
      }
      procedure.renewal += second
      return procedure
    }
  }
}
