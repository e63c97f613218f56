package import ProviderFormat
internal import Secrets

/// What is checked, and then saved: a provider and the values for it. Owned by whoever performs the effect, and wiped
/// with it.
package struct Submission: ~Copyable, Sendable {
  /// For everything that one check asks, all requests together: what a person at a terminal waits for at most.
  package static let checkTimeLimit = Duration.seconds(10)

  /// The entry by which the check is made.
  package let provider: Provider
  /// The values, by field.
  package var values: SecretValues

  /// Takes the values over. Whether they are the fields of the provider is the caller's to know.
  package init(provider: Provider, values: consuming SecretValues) {
    self.provider = provider
    self.values = values
  }

  /// The values alone, with an owner of their own.
  package consuming func takeValues() -> SecretValues { values }

  /// A second copy, with an owner of its own.
  package borrowing func duplicate() -> Submission {
    Submission(provider: provider, values: values.duplicate())
  }
}
