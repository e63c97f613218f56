package import Drafts
internal import ProviderFormat
internal import Secrets

extension Submission {
  /// Adds what a link gave to what was typed: all that requests of the account are made of, but for its tokens.
  package mutating func add(_ account: borrowing LinkedAccount) {
    for name in account.settings.keys {
      guard let value = account.settings.duplicate(of: name) else { continue }
      values.set(Field.ID(.connectionConfig, name), to: value)
    }
    for name in account.credentials.keys {
      guard let value = account.credentials.duplicate(of: name) else { continue }
      values.set(Field.ID(.credentials, name), to: value)
    }
  }
}
