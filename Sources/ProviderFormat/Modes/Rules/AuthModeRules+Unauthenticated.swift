extension AuthModeRules {
  /// NONE: anybody may call the API.
  static let unauthenticated = AuthModeRules(
    proof: .nothing, needsProxy: false,
    scaffold: ModeScaffold(
      entry: [ModeScaffold.plainProxy],
      overview: "Nothing needs to be typed: anybody may use the API of NAME.",
      steps: [.readTerms]))
}
