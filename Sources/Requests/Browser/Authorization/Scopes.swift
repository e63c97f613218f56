internal import Basics
package import Drafts
package import ProviderFormat
internal import Secrets

/// What an application asks to be allowed, by the provider's own names (RFC 6749, section 3.3). No secret.
package struct Scopes: Equatable, Sendable {
  /// In the order in which they were given, each once.
  package private(set) var names: [String] = []

  /// Blanks around names, empty names and repeated ones are dropped.
  package init(_ names: [String] = []) {
    for name in names.map(\.trimmed) where !name.isEmpty && !self.names.contains(name) {
      self.names.append(name)
    }
  }

  /// Reads what a person types or a server answers: names with blanks or commas between them.
  package init(text: String) {
    self.init(text.split { $0.isWhitespace || $0 == "," }.map(String.init))
  }

  /// What a connection asked for when it was linked.
  package init(askedIn values: borrowing SecretValues) {
    self.init(text: values.withBytes(of: Self.setting) { $0.shownText })
  }

  /// Whether nothing is asked for.
  package var isEmpty: Bool { names.isEmpty }

  /// As one text.
  package func joined(by separator: String) -> String { names.joined(separator: separator) }

  /// Those that are not among others, such as what was asked and not granted.
  package func subtracting(_ others: Scopes) -> Scopes {
    Scopes(names.filter { !others.names.contains($0) })
  }

  /// Whether a word of the protocol is among them.
  func contains(_ name: String) -> Bool { names.contains(name) }

  /// The setting in which a connection keeps what it asked for, commas between.
  package static let setting = Field.ID(.connectionConfig, "oauth_scopes")
}
