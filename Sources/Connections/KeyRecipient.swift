/// One of those that a store is sealed to, for a person.
package struct KeyRecipient: Equatable, Sendable {
  /// `age1…`; no secret.
  package var text: String
  /// What a person on this machine calls it; one line.
  package var label: String?
  /// Whether the identity of this machine belongs to it. Nil where that is not known: the identity is locked.
  package var isOwn: Bool?

  package init(text: String, label: String? = nil, isOwn: Bool? = nil) {
    self.text = text
    self.label = label
    self.isOwn = isOwn
  }
}
