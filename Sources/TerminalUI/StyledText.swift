/// A run of text of one style. Lines are arrays of runs.
package struct StyledText: Hashable, Sendable {
  /// The words.
  package var text: String
  /// How they look.
  package var style: Style

  package init(_ text: String, _ style: Style = .plain) {
    self.text = text
    self.style = style
  }

  /// The columns it takes.
  package var width: Int { Width.of(text) }
}
