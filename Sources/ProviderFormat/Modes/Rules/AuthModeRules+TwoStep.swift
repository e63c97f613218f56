extension AuthModeRules {
  /// TWO_STEP: a token is got with the credentials, in one request or several. The entry says all of it.
  static let twoStep = AuthModeRules(
    proof: .token(.declared), asksSettingsAsCredentials: true,
    entryKeys: tokenRequestKeys.union(signedTokenKeys).union([
      "token_response", "token_response_headers", "assertion",
    ]),
    scaffold: ModeScaffold(
      entry: [
        ModeScaffold.tokenByLogin, ModeScaffold.proxy(header: "Bearer ${accessToken}"),
        ModeScaffold.userAndPassword,
      ],
      overview:
        "You need a user name and a **password**, which are exchanged for a token that lasts an hour.",
      steps: [.createUser]))
}
