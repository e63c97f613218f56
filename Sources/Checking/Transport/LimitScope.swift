/// What the bounds of a transport are bounds of.
enum LimitScope: Equatable, Sendable {
  /// All requests together, as a check makes them.
  case whole
  /// Each request by itself, as somebody's calls are made. Bodies may take as long as they like.
  /// - Parameter idle: how long nothing may move until an answer begins, and between two pieces.
  case each(idle: Duration)
}
