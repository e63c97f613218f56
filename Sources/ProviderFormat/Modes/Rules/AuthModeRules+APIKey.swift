extension AuthModeRules {
  /// API_KEY: one key, which goes where the entry's templates say.
  static let apiKey = AuthModeRules(
    proof: .endpoints, baseCredentials: { _ in ["apiKey"] },
    scaffold: ModeScaffold(
      entry: [
        ModeScaffold.proxy(header: "Bearer ${apiKey}", host: "${connectionConfig.workspace}"),
        ModeScaffold.check, ModeScaffold.setting, ModeScaffold.apiKey,
      ],
      overview: "You need the name of your workspace and an **API key**, which acts in your name.",
      steps: [.workspace, .createKey]))
}
