package import Basics

/// One thing that happened to a connection. Sealed with it, and never a value.
package struct ConnectionEvent: Equatable, Sendable {
  /// What it was, in the words of the sealed record. A word that has been used means the same for ever.
  package enum Kind: String, Sendable, CaseIterable {
    /// The account was linked under this name.
    case linked
    /// Its values gave way to others.
    case replaced
    /// One of its values gave way to another; the detail names its field.
    case edited
    /// It got another name; the detail is the one it had.
    case renamed
    /// The values before the last change came back.
    case broughtBack = "brought_back"
    /// The provider took what it had refused before, or the other way round.
    case accepted, refused
    /// What an earlier change took the place of was taken back at the provider.
    case revoked
  }

  /// What happened.
  package var kind: Kind
  /// When.
  package var time: Timestamp
  /// Who was at it.
  package var author: EventAuthor
  /// What `kind` says stands here; nil for nothing.
  package var detail: String?

  package init(
    _ kind: Kind, time: Timestamp = .now(), author: EventAuthor = .current, detail: String? = nil
  ) {
    self.kind = kind
    self.time = time
    self.author = author
    self.detail = detail
  }
}
