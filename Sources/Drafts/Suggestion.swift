/// A value that need not be typed.
package struct Suggestion: Equatable, Sendable {
  /// The value that is suggested. Never a secret's.
  package var text: String
  /// Why it is right: `the organization that the token belongs to`.
  package var because: String?

  package init(text: String, because: String? = nil) {
    self.text = text
    self.because = because
  }
}
