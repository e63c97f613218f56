/// How much JSON is read at most.
package struct JSONLimits: Sendable {
  /// Of the whole text. Looked at by whoever has all of it: the tree before it reads, a writer while it writes.
  package var bytes: Int
  /// Levels of nesting.
  package var depth: Int
  /// Of one key, in bytes.
  package var keyLength: Int
  /// Whether a second member of the same name is an error. Readers differ in which one they take, so nothing that decides
  /// where a secret goes may be ambiguous.
  package var refusesDuplicateKeys = true
  /// Whether half of a surrogate pair is read as U+FFFD instead of being an error: names that a provider cut off in the
  /// middle of a character have one.
  package var takesHalfPairs = false

  /// For a tree: 4 MiB, four times the largest answer of a check, and 64 levels, far below what could exhaust the stack.
  package static let standard = JSONLimits(bytes: 4 * 1024 * 1024, depth: 64)
  /// For texts with secrets, walked member by member. A submission has at most a few key files of 1 MiB; 16 MiB leaves
  /// room for every one of their bytes to be escaped. The deepest provider entries have about ten levels. Keys are names
  /// of fields, never values: a longer one is a mistake.
  package static let members = JSONLimits(bytes: 16 * 1024 * 1024, depth: 64, keyLength: 256)

  /// For what a provider answers: names of any length, and of two members of one name the last counts, as in ECMAScript's
  /// reader, which is what the provider's own users read it with. Levels are as many as the stack of any thread bears.
  package static let answers: JSONLimits = {
    var limits = JSONLimits(bytes: 4 * 1024 * 1024, depth: 512)
    limits.refusesDuplicateKeys = false
    limits.takesHalfPairs = true
    return limits
  }()

  /// - Parameter keyLength: without one a key may be as long as the text.
  package init(bytes: Int, depth: Int, keyLength: Int = .max) {
    self.bytes = bytes
    self.depth = depth
    self.keyLength = keyLength
  }
}
