package import ProviderFormat
package import Secrets

/// One thing that has to be asked of a provider to link an account where a person's consent is needed. Wiped with its
/// owner.
package struct LinkJob: ~Copyable, Sendable {
  /// What is wanted. What it comes to is a `LinkResult`.
  package enum Kind: Equatable, Sendable {
    /// What the question needs: the server is found out about, a client registers itself, a temporary token is got, each
    /// where the provider wants it. Comes to `.ready`.
    /// - Parameter allowsLoopback: whether servers on this machine may say where their users sign in.
    case prepare(allowsLoopback: Bool)
    /// To redeem what a browser brought. Comes to `.linked`.
    case redeem
    /// To ask the question itself, of a provider that answers at once, and redeem the answer. Comes to `.linked`.
    case ask
    /// To have a code typed on another device, and wait for it. Tells the code, and comes to `.linked`.
    case device
    /// To get an access token for a refresh token that somebody has. Comes to `.linked`.
    case renew
    /// Where the application is installed. Comes to `.installations`.
    case installations
    /// To get the token of one installation. Comes to `.linked`.
    case installation(Int64)
    /// To look at credentials that were typed and that no token is got for. Comes to `.linked`.
    case typed
  }

  package let kind: Kind
  package let flow: AuthorizationFlow
  /// For `.redeem`.
  package let redemption: Redemption?
  /// For `.renew`.
  package let refreshToken: SecretBuffer?

  init(
    _ kind: Kind, _ flow: consuming AuthorizationFlow, redemption: consuming Redemption? = nil,
    refreshToken: consuming SecretBuffer? = nil
  ) {
    self.kind = kind
    self.flow = flow
    self.redemption = redemption
    self.refreshToken = refreshToken
  }

  /// A job of a kind that needs nothing but the flow.
  package static func of(_ kind: Kind, _ flow: consuming AuthorizationFlow) -> LinkJob {
    LinkJob(kind, flow)
  }

  /// To redeem what a browser brought.
  package static func redeem(
    _ redemption: consuming Redemption, _ flow: consuming AuthorizationFlow
  ) -> LinkJob {
    LinkJob(.redeem, flow, redemption: redemption)
  }

  /// To get an access token for a refresh token that somebody has.
  package static func renew(
    _ refreshToken: consuming SecretBuffer, _ flow: consuming AuthorizationFlow
  ) -> LinkJob {
    LinkJob(.renew, flow, refreshToken: refreshToken)
  }
}

extension AuthMode {
  /// Whether a provider has to be asked something before its address can be shown (`LinkJob.Kind.prepare`).
  package var needsPreparation: Bool {
    switch self {
    case .oauth1, .mcpOAuth2, .mcpOAuth2Generic: true
    default: false
    }
  }
}
