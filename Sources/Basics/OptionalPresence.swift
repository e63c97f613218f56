extension Optional where Wrapped: ~Copyable {
  /// Whether there is a value. Comparing with nil what cannot be copied goes wrong in optimized code (Swift 6.3.1).
  package var isThere: Bool {
    switch self {
    case .some: true
    case .none: false
    }
  }
}
