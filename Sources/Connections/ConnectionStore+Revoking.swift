internal import Basics

/// Taking back at the provider what a change took the place of: what has to be true before, and what is kept of it
/// afterwards. Nobody is asked here.
extension ConnectionStore where Self: GenerationStore, Self: ~Copyable {
  /// The former generation of a connection, where it can be taken back without harm to what is there now.
  /// - Throws: `.notFound`; `.failed` where none is kept, or both go by the same secret.
  package func formerToRevoke(of name: ConnectionName) throws(StoreError) -> FormerGeneration {
    guard let former = try former(of: name) else {
      throw .failed(
        Explanation(
          what: "nothing older is kept of \(name)",
          why: "its values were not replaced, or what they replaced was taken back already"))
    }
    guard try !read(name).sharesSecret(with: former.record) else {
      throw .failed(
        Explanation(
          what: "the old key of \(name) is not revoked",
          why: "the values of now hold the same one, which would end with it",
          advice: "make a new key at the provider, and replace this one by it"))
    }
    return former
  }

  /// Drops the former generation, which the provider has taken back, and notes that in the connection's history. One that
  /// another process has kept meanwhile stays: its key is another.
  /// - Parameter version: of the generation that was taken back.
  package func noteRevoked(_ name: ConnectionName, version: Int) throws(StoreError) {
    if let kept = try former(of: name), kept.record.facts.version == version {
      try dropFormer(of: name)
    }
    var record = try read(name)
    record.facts.history.append(ConnectionEvent(.revoked))
    try save(record, replacing: true, keepingToken: true)
  }
}
