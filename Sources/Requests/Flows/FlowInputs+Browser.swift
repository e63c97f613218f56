internal import Basics
internal import Drafts
internal import ProviderFormat
internal import Secrets

/// What a browser's flow is made of. What tables leave unsaid is the same in each of their flows.
extension FlowInputs {
  var state: String { text("state") ?? "sample-state-0123456789abcdef" }
  var verifier: String { text("code_verifier") ?? String(repeating: "0123456789abcdef", count: 3) }

  var callback: Callback {
    text("redirect_uri").flatMap { try? Callback($0) } ?? .loopback()
  }

  /// The number of an application; where a table does not tell it, what stands for it.
  var applicationID: String { text("app_id") ?? "<app id>" }

  /// A setting, whoever gave it; empty where nobody did.
  func setting(_ name: String, of provider: Provider) -> String {
    submission(for: provider) { _ in true }.values
      .withBytes(of: Field.ID(.connectionConfig, name)) { $0.shownText }
  }

  /// What the requests for tokens name besides settings and the client.
  var flowValues: [(FlowValue, String)] {
    let refreshToken = text("refresh_token") ?? Self.usualRefreshToken
    return [
      (.authorizationCode, text("oauth_verifier") ?? text("code") ?? "sample/code+1"),
      (.codeVerifier, verifier), (.authorizationState, state),
      (.currentToken, text("access_token") ?? "sample-access-token"),
      (.refreshToken, refreshToken), (.userRefreshToken, refreshToken),
      (.requestToken, text("request_token") ?? ""),
      (.requestTokenSecret, text("request_token_secret") ?? ""),
    ]
  }
}
