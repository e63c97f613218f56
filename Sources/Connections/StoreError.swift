package import Basics

/// Why the store could not do what was asked. `explanation` lives beside the cases; exit code 7, except for
/// `.notFound` (8), `.exists` and `.shared` (2), and `.nothingThere` (1).
package enum StoreError: Explained, Equatable {
  /// Nothing is stored under the name, or there is no store.
  case notFound(ConnectionName)
  /// The name is taken, and it was not said that it may be replaced.
  case exists(ConnectionName)
  /// What was opened to be changed is another one now, or gone; nothing was written.
  case conflict(ConnectionName, why: String)
  /// The store is sound, and what was asked for is not in it, or is not what can be done with it.
  case nothingThere(Explanation)
  /// The key of a connection, which was to be taken back, is that of others too.
  case shared(ConnectionName, with: [ConnectionName])
  /// The identity is missing, unreadable, or does not open the record.
  case identity(Explanation)
  /// The record is damaged, or is not the one its index entry names.
  case damaged(ConnectionName, why: String)
  /// What lies in the store is whole, and this machine does not know who signed it, or knows something later.
  case untrusted(Explanation)
  /// Owner, mode, link count or kind of a file is not safe.
  case permissions(Explanation)
  /// The disk or the engine failed; nothing was changed unless the explanation says so.
  case failed(Explanation)

  /// Names the connection or the file; never holds anything that was sealed.
  package var explanation: Explanation {
    switch self {
    case .notFound(let name):
      Explanation(
        what: "no connection \(name)", why: "nothing is linked under this name",
        advice: "usher list shows what is linked; usher connect \(name.provider) links it")
    case .exists(let name):
      Explanation(
        what: "\(name) is linked already", why: "a name is used once",
        advice: "--replace puts the new values in its place; --name stores them beside it")
    case .conflict(let name, let why):
      Explanation(
        what: "\(name) was not stored", why: why,
        advice: "run the command again to start from what is there now")
    case .shared(let name, let others):
      Explanation(
        what: "the key of \(name) is not revoked",
        why: "\(others.map(\.description).joined(separator: ", ")) "
          + "\(others.count == 1 ? "goes" : "go") by the same one, which would end with it",
        advice:
          "usher remove \(others[0]) first, or give \(others.count == 1 ? "it" : "them") another key"
      )
    case .damaged(let name, let why):
      Explanation(
        what: "the record of \(name) cannot be trusted", why: why,
        advice: "restore the store from a backup, or remove the connection and link it again")
    case .nothingThere(let explanation), .identity(let explanation), .untrusted(let explanation),
      .permissions(let explanation), .failed(let explanation):
      explanation
    }
  }
}
