package import Connections

/// Somebody who has signed something in the store, and whom this machine does not know: what a person is shown who has to
/// say whether that is right.
package struct UnknownWriter: Equatable, Sendable {
  /// Puts it to a person. True is remembered.
  package typealias Question = @Sendable (UnknownWriter) -> Bool

  /// The public key, as `KnownWriter.text`.
  package let key: String
  /// What was signed, as the beginning of a sentence: `tally/default`.
  package let subject: String
  /// The last thing that what was signed says happened to it; nil where it could not be opened, or says nothing.
  package let event: ConnectionEvent?

  /// What is remembered beside the key.
  var label: String { event?.author.text ?? "" }
}
