/// What differs between the templates of two modes: how the service is called, what is asked, and the steps that
/// explain it. `SLUG` and `NAME` stand for the provider's.
struct ModeParts {
  struct Step {
    let title: String
    let text: String
  }

  let mode: GuideTemplate.Mode
  /// Parts of the entry behind its first keys, in written order.
  let entry: [String]
  let overview: String
  let steps: [Step]

  init(_ mode: GuideTemplate.Mode) {
    self.mode = mode
    switch mode {
    case .apiKey:
      entry = [
        Self.proxy(header: "Bearer ${apiKey}", host: "${connectionConfig.workspace}"), Self.check,
        Self.setting, Self.apiKey,
      ]
      overview = "You need the name of your workspace and an **API key**, which acts in your name."
      steps = [Self.workspace, Self.createKey]
    case .basic:
      entry = [Self.plainProxy, Self.check, Self.userAndPassword]
      overview = "You need a user name and the **password** that belongs to it."
      steps = [Self.createUser]
    case .oauth2ClientCredentials:
      entry = [Self.tokenByClient, Self.plainProxy, Self.client]
      overview =
        "You need the identifier and the **secret** of a client, which acts for your organization."
      steps = [Self.createClient]
    case .twoStep:
      entry = [
        Self.tokenByLogin, Self.proxy(header: "Bearer ${accessToken}"), Self.userAndPassword,
      ]
      overview =
        "You need a user name and a **password**, which are exchanged for a token that lasts an hour."
      steps = [Self.createUser]
    case .jwt:
      entry = [
        Self.signature, Self.proxy(header: "Bearer ${accessToken}"), Self.check, Self.signingKey,
      ]
      overview =
        "You need the identifier of a key and the **private key** itself, with which requests are signed."
      steps = [Self.createSigningKey]
    case .none:
      entry = [Self.plainProxy]
      overview = "Nothing needs to be typed: anybody may use the API of NAME."
      steps = [
        Step(
          title: "Read how the API may be used",
          text:
            "1. Open the [terms](https://SLUG.example/terms) and read how often it may be asked.")
      ]
    }
  }
}
