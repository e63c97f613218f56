internal import Connections

/// How it is told that what a connection was before its last change is kept.
enum FormerWords {
  /// The end of a row or a sentence.
  static func line(_ name: ConnectionName) -> String {
    "kept: usher replace \(name.shortest) --undo brings it back"
  }
}
