import Basics
import Checking
import Dispatch
import Drafts
import LoopbackSupport
import Requests
import Secrets
import Testing

/// What goes to the thread that fetches.
private struct FetchJob: ~Copyable, Sendable {
  let submission: Submission
  let known: TokenSet?
}

/// Linked accounts of providers on loopback.
enum Account {
  /// One that carries a key, at any server.
  static func withKey(
    _ url: String, proxy: String = "", key: String = "key-EXAMPLE-0001"
  ) throws -> Submission {
    try Fixture.submission(
      entry: """
        {"display_name":"Loopback","auth_mode":"API_KEY",
         "proxy":{"base_url":"\(url)","headers":{"authorization":"Bearer ${apiKey}"}\(proxy)}}
        """, ["credentials.apiKey": key])
  }

  /// One of a `RotatingProvider`, by a client's credentials.
  static func ofClient(
    _ provider: RotatingProvider, secret: String = RotatingProvider.secret
  ) throws -> Submission {
    try Fixture.submission(
      entry: """
        {"display_name":"Rotor","auth_mode":"OAUTH2_CC","token_url":"\(provider.url)/token",
         "token_params":{"grant_type":"client_credentials"},"proxy":{"base_url":"\(provider.url)",
         "paginate":{"type":"link","link_path_in_response_body":"next","response_path":"items"}}}
        """, ["credentials.client_id": "client-EXAMPLE", "credentials.client_secret": secret])
  }

  /// One of a `RotatingProvider`, by a user's, with a refresh token.
  static func ofUser(
    _ provider: RotatingProvider, password: String = RotatingProvider.secret
  ) throws -> Submission {
    try Fixture.submission(
      entry: """
        {"display_name":"Rotor","auth_mode":"TWO_STEP","token_url":"\(provider.url)/login",
         "token_params":{"user":"ann","pass":"${credentials.pass}"},
         "refresh_url":"\(provider.url)/renew","refresh_token_params":{"refresh":"${refreshToken}"},
         "token_response":{"token":"access_token","refresh_token":"refresh_token",
          "token_expiration":"expires_in","token_expiration_strategy":"expireIn"},
         "proxy":{"base_url":"\(provider.url)"}}
        """, ["credentials.pass": password])
  }

  /// Gets a token as the program does.
  static func fetch(
    _ submission: consuming Submission, known: consuming TokenSet? = nil,
    options: CheckOptions = CheckOptions(), variables: [String: String] = [:]
  ) async -> TokenOutcome {
    let all = ["SSL_CERT_FILE": LoopbackCertificates.trusted].merging(variables) { $1 }
    let fetcher = HelperTokenFetcher(
      options: options, program: Fixture.path, variable: { all[$0] })
    let job = SendOnceBox(FetchJob(submission: submission, known: known))
    let fetched = await withCheckedContinuation { continuation in
      DispatchQueue(label: "fetch").async {
        guard let job = job.take() else { return }
        continuation.resume(
          returning: SendOnceBox(fetcher.fetch(job.submission, known: job.known)))
      }
    }
    return fetched.take() ?? .refused(CallTrial.noToken)
  }
}

extension TokenOutcome {
  /// What came in place of what a test wants.
  struct Unexpected: Error, CustomStringConvertible { let description: String }

  consuming func got() throws -> TokenSet {
    switch consume self {
    case .token(let token): return token
    case .refused(let diagnosis): throw Unexpected(description: diagnosis.sentence)
    }
  }

  consuming func refusal() throws -> Diagnosis {
    switch consume self {
    case .token: throw Unexpected(description: "a token")
    case .refused(let diagnosis): return diagnosis
    }
  }
}

extension TokenSet {
  /// For comparing alone.
  borrowing func text(_ name: String) -> String? {
    values.contains(name) ? values.withBytes(of: name) { $0.shownText } : nil
  }

  var access: String? { text(Self.accessTokenName) }
  var refresh: String? { text(Self.refreshTokenName) }
}
