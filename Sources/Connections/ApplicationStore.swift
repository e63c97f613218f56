/// The applications in a store that is open for one command or one effect. Implemented by the `Store` target's
/// `StoreSession`.
package protocol ApplicationStore: ~Copyable {
  /// All of them, sorted by name. Needs no identity; without one the identifiers are empty, and no redirect address is
  /// told: those are sealed.
  func applications() throws(StoreError) -> [ApplicationFacts]
  /// Nil where there is none of the name.
  /// - Throws: `.identity` where this machine has nothing to open it with.
  func application(_ name: ApplicationName) throws(StoreError) -> Application?
  /// Seals and writes it whole or not at all, in place of one that has the name. The store sets the time of creation.
  func saveApplication(_ application: consuming Application) throws(StoreError)
  /// Accounts that were linked with it keep what they need.
  /// - Returns: whether there was one.
  @discardableResult
  func removeApplication(_ name: ApplicationName) throws(StoreError) -> Bool
}
