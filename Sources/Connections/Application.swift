package import Basics
package import Drafts
package import Requests

/// An application that an operator registered with a provider, or that registered itself: kept once, however many accounts
/// are linked with it. Sealed like a record. Wiped with its owner.
package struct Application: ~Copyable, Sendable {
  /// What is known of it and is no secret.
  package var facts: ApplicationFacts
  /// Its identifier and its secret.
  package var client: OAuthClient
  /// What else its owner has of it, by field: a key for subscribers, the address of its public page.
  package var values: SecretValues

  package init(
    facts: ApplicationFacts, client: consuming OAuthClient, values: consuming SecretValues
  ) {
    self.facts = facts
    self.client = client
    self.values = values
  }
}

/// What is known of an application apart from its secret.
package struct ApplicationFacts: Equatable, Sendable {
  package var name: ApplicationName
  /// The slug of the provider that it was entered for. Others of the same service may use it by its name.
  package var provider: String
  /// What the provider calls it. No secret.
  package var clientID: String
  /// The redirect address that it is registered with, as far as is known here.
  package var callback: Callback?
  /// When it was first kept.
  package var created: Timestamp
  /// When it was saved last.
  package var changed: Timestamp

  package init(
    name: ApplicationName, provider: String, clientID: String, callback: Callback?,
    created: Timestamp, changed: Timestamp
  ) {
    self.name = name
    self.provider = provider
    self.clientID = clientID
    self.callback = callback
    self.created = created
    self.changed = changed
  }
}
