/// Something to know while a store is used, which does not stop it; in words for a person, lower case, no period.
package enum StoreNotice: Equatable, Sendable {
  /// Another process holds the store, and is waited for. Said once it takes longer than any save does.
  case waiting(String)
  /// Something about the files that the user should look at.
  case warning(String)

  /// Who is told, on the thread that uses the store.
  package typealias Receiver = @Sendable (StoreNotice) -> Void
}
