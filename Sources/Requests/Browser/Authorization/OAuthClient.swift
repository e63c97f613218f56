package import Basics
internal import Drafts
package import ProviderFormat
package import Secrets

/// An application as a provider's token endpoint knows it. Its secret is as long-lived and as secret as any key, and is
/// wiped with it.
package struct OAuthClient: ~Copyable, Sendable {
  /// Who made the provider know it.
  package enum Source: Sendable, Equatable {
    /// Somebody registered it on a page of the provider's.
    case byHand
    /// It registered itself.
    /// - Parameter end: when its registration ends; nil for never.
    case dynamic(at: Timestamp, end: Timestamp?)
    /// Its identifier is the address of a public document about it.
    case document
  }

  /// What it is called. No secret (RFC 6749, section 2.2).
  package let id: String
  /// Nil for a public client, which has none.
  package let secret: SecretBuffer?
  /// Who made the provider know it.
  package let source: Source
  /// How it proves itself; nil where its registration does not say.
  package let authentication: ClientAuthentication?
  /// The redirect address that it was registered with; nil where that is not known here.
  package let callback: Callback?

  /// - Parameter secret: an empty one counts as none.
  package init(
    id: String, secret: consuming SecretBuffer?, source: Source = .byHand,
    authentication: ClientAuthentication? = nil, callback: Callback? = nil
  ) {
    self.id = id
    let hasSecret =
      switch secret {
      case .some(let secret): !secret.isEmpty
      case nil: false
      }
    self.secret = hasSecret ? consume secret : nil
    self.source = source
    self.authentication = authentication
    self.callback = callback
  }

  /// The fields of a connection in which it stands.
  package static let idField = Field.ID(.credentials, AuthModeRules.clientFields.id)
  /// The field of a connection in which its secret stands.
  package static let secretField = Field.ID(.credentials, AuthModeRules.clientFields.secret)

  /// Whether its registration has ended, so that it has to register anew.
  package func hasEnded(at now: Timestamp) -> Bool {
    guard case .dynamic(_, let end?) = source else { return false }
    return end <= now
  }

  /// Whether it may be used with a redirect address: one that registered itself only with the one that it named, be it
  /// that the server put a slash behind it.
  package func fits(_ callback: Callback) -> Bool {
    guard case .dynamic = source, let own = self.callback else { return true }
    return own.isSame(as: callback)
  }
}

extension SecretValues {
  /// Puts a client where requests of a connection find it.
  package mutating func set(_ client: borrowing OAuthClient) {
    set(OAuthClient.idField, to: SecretBuffer(text: client.id, capacity: 1))
    switch client.secret {
    case .some(let secret): set(OAuthClient.secretField, to: secret.duplicate())
    case nil: remove(OAuthClient.secretField)
    }
  }
}
