extension AuthModeRules {
  /// BASIC: a user name and a password, either of which may be empty.
  static let basic = AuthModeRules(
    proof: .endpoints, baseCredentials: { _ in ["username", "password"] },
    sentWhenEmpty: ["username", "password"],
    scaffold: ModeScaffold(
      entry: [ModeScaffold.plainProxy, ModeScaffold.check, ModeScaffold.userAndPassword],
      overview: "You need a user name and the **password** that belongs to it.",
      steps: [.createUser]))
}
