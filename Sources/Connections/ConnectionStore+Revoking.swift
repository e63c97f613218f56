internal import Basics

/// Taking back at the provider what a change took the place of: what has to be true before, and what is kept of it
/// afterwards. Nobody is asked here.
extension ConnectionStore where Self: GenerationStore, Self: ~Copyable {
  /// The former generation of a connection, where it can be taken back without harm to what is there now.
  /// - Throws: `.notFound`; `.nothingThere` where none is kept, or both go by the same secret; `.shared` where another
  ///   connection goes by it.
  package func formerToRevoke(of name: ConnectionName) throws(StoreError) -> FormerGeneration {
    guard let former = try former(of: name) else {
      throw .nothingThere(
        Explanation(
          what: "nothing older is kept of \(name)",
          why: "its values were not replaced, or what they replaced was taken back already"))
    }
    guard try !read(name).sharesSecret(with: former.record) else {
      throw .nothingThere(
        Explanation(
          what: "\(name) still goes by its old key",
          why: "the values of now hold the same one, which would end with it",
          advice: "make a new key at the provider, and replace this one by it"))
    }
    try requireAlone(former.record)
    return former
  }

  /// The former generation of a connection where its key is another one than that of now; nil where there is none. Other
  /// connections are not looked at.
  package func otherFormer(
    of record: borrowing ConnectionRecord
  ) throws(StoreError) -> FormerGeneration? {
    guard let former = try former(of: record.facts.name),
      !record.sharesSecret(with: former.record)
    else { return nil }
    return former
  }

  /// Makes sure that no other connection would end with the key of a record. Looks at those of the same provider that the
  /// identity opens; what it does not open is not used here either.
  /// - Throws: `.shared`
  package func requireAlone(_ record: borrowing ConnectionRecord) throws(StoreError) {
    let own = record.facts.name
    var others: [ConnectionName] = []
    for entry in try list(.provider(own.provider)) where entry.name != own {
      guard let other = try? read(entry.name), record.sharesSecret(with: other) else { continue }
      others.append(entry.name)
    }
    guard others.isEmpty else { throw .shared(own, with: others) }
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
