extension AuthModeRules {
  /// JWT: requests carry a token that is signed here, as the entry describes it.
  static let jwt = AuthModeRules(
    proof: .endpoints, entryKeys: signedTokenKeys,
    scaffold: ModeScaffold(
      entry: [
        ModeScaffold.signature, ModeScaffold.proxy(header: "Bearer ${accessToken}"),
        ModeScaffold.check, ModeScaffold.signingKey,
      ],
      overview:
        "You need the identifier of a key and the **private key** itself, with which requests are signed.",
      steps: [.createSigningKey]))
}
