/// A key and what it does here, for the bar at the bottom.
package struct KeyHint: Equatable, Sendable {
  /// As they are written on the keyboard: `Ctrl-R`, `Esc`.
  package var keys: String
  /// What they do here, in a word or a few.
  package var meaning: String
  /// The same in fewer words, for a narrow window; nil where there are none.
  package var brief: String?
  /// Hints of the lowest weight are left out first where the bar is short. The way out has the highest.
  package var weight: Int
  /// What they do where nothing can be copied; empty for nothing.
  package var meaningWithoutClipboard: String
  /// Whether the same is said beside the field where there is room for it.
  package var standsBesideField: Bool

  package init(
    _ keys: String, _ meaning: String, brief: String? = nil, weight: Int,
    standsBesideField: Bool = false, withoutClipboard: String? = nil
  ) {
    self.keys = keys
    self.meaning = meaning
    self.brief = brief
    self.weight = weight
    self.standsBesideField = standsBesideField
    meaningWithoutClipboard = withoutClipboard ?? meaning
  }
}
