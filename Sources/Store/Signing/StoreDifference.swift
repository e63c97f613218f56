package import Connections

/// Something about a store that this machine does not know, or knows otherwise.
package enum StoreDifference: Equatable, Sendable {
  /// Nothing is remembered of it yet.
  case firstUse
  /// Nothing is where the store was.
  case gone
  /// The store in its place is another one.
  case otherStore
  /// What is remembered of the store cannot be read.
  case unreadableMemory
  /// It had signatures, and is of an older format without them.
  case unsigned
  /// The store is sealed to somebody besides those who are known.
  case addedRecipient(String)
  /// It is not sealed to somebody any more.
  case removedRecipient(String)
  /// The key of its rows is another one.
  case otherRowKey
  /// Somebody has signed as many things; of whom the last thing that happened to one of them is told, where that can be
  /// opened.
  case writer(String, things: Int, event: ConnectionEvent?)
  /// Something is older than what was seen here. `why` is the end of a sentence.
  case older(String, why: String)
}
