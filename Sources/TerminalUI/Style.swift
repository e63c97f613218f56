/// What a piece of text is, not how it looks: the terminal's theme turns roles into colours and attributes, with 256
/// colours, 8, or none at all.
package enum Style: Hashable, Sendable, CaseIterable {
  case plain
  /// The screen's title and the names of sections.
  case heading
  case strong
  case emphasis
  /// Less important than its surroundings.
  case muted
  case code
  case link
  /// Borders and rules.
  case border
  /// The bar at the bottom that names the keys.
  case keyName
  case keyText
  /// An input that does not have the focus.
  case field
  case fieldFocused
  case placeholder
  /// A button or row that Enter activates.
  case selected
  /// What was searched for, and the one place of it where the search stands.
  case found
  case foundHere
  case success
  case warning
  case error
}
