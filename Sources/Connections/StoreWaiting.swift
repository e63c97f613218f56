/// Waiting for a store that another process has.
package enum StoreWaiting {
  /// How long it is waited for. Longer than any command needs it, and short enough for a script.
  package static let limit = Duration.seconds(30)
  /// How long it is waited for another process that gets tokens for the same connection: several times what one fetch may
  /// take.
  package static let tokenLimit = Duration.seconds(60)
}
