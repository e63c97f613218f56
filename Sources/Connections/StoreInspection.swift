/// What a store says of itself. Changes nothing.
package protocol StoreInspection: ~Copyable {
  /// Where things are kept and how they are sealed, for the screen that says so before anything is typed. Does not
  /// fail: an error shows when the store is used.
  func describe() -> StoreDescription
  /// Whom records are sealed to, and how the identity is kept.
  func keys() throws(StoreError) -> KeyReport
  /// Looks at directories, modes, file system, store and keys.
  func examine() -> [StoreFinding]
}
