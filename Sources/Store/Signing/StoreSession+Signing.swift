internal import Basics
internal import Connections

/// The two doors between age files and what lies in a store.
extension StoreSession {
  /// A sealed file as it is put into the store.
  func signed(_ file: [UInt8], _ binding: SealBinding) throws(StoreFailure) -> [UInt8] {
    let stored = try signer().sign(file, binding)
    note(binding, stored)
    return stored
  }

  /// The same for what is sealed anew and otherwise stays as it was, with the version that it was signed with.
  /// - Parameter stored: what it takes the place of.
  func resigned(
    _ file: [UInt8], inPlaceOf stored: [UInt8], _ binding: SealBinding
  ) throws(StoreFailure) -> [UInt8] {
    try signer().sign(file, binding, version: SignedEnvelope(stored)?.version)
  }

  /// The sealed file of what lies in the store.
  /// - Throws: what `SealedContent.damage` says where it is not what its writer signed; `.untrusted` where this machine
  ///   does not know the writer, or knows a later version.
  func verified(_ stored: [UInt8], _ binding: SealBinding) throws(StoreError) -> [UInt8] {
    // An older store is read as it lies where nothing can be written.
    guard let store = try existing(), store.isSigned else { return stored }
    let envelope = try intact(stored, binding, in: store)
    try requireKnown(envelope, binding, in: store)
    try requireNewest(envelope, binding, in: store)
    return envelope.file
  }

  /// What lies in the store, where its writer has signed it as what it is taken for.
  func intact(
    _ stored: [UInt8], _ binding: SealBinding, in store: any OpenedStore
  ) throws(StoreError) -> SignedEnvelope {
    guard let envelope = SignedEnvelope(stored) else {
      throw binding.content.damage(why: "it is not signed")
    }
    if let objection = binding.objection(to: envelope.version) {
      throw binding.content.damage(why: objection)
    }
    guard envelope.isSigned(as: binding, in: store.header.id) else {
      throw binding.content.damage(
        why: "it was changed after it was signed, or put in the place of something else")
    }
    return envelope
  }

  private func signer() throws(StoreFailure) -> ContentSigner {
    try explained { () throws(StoreError) in
      guard let store = try existing() else {
        throw StoreError.failed(Explanation(what: "nothing was stored", why: "there is no store"))
      }
      return ContentSigner(key: try ownWriter(), storeID: store.header.id)
    }
  }

  /// Whoever brings an older store to the format in which all is signed answers for what is there. Not where something
  /// was signed before: somebody has then put an older store in its place.
  func firstSigner(_ header: StoreHeader) throws(StoreError) -> ContentSigner {
    let path = location.canonicalPath
    try keySetup.check(header, path: path)
    guard try keySetup.knownWriters(path: path).isEmpty else { throw .unsigned(path) }
    return ContentSigner(key: try ownWriter(), storeID: header.id)
  }

  /// The key that this machine signs with, made where there is none.
  func ownWriter() throws(StoreError) -> WriterKey {
    if let key = signing.ownKey { return key }
    let key = try keySetup.writerForSigning(identitiesAtHand())
    signing.ownKey = key
    return key
  }
}

extension StoreError {
  /// Signatures were there when the store was last used.
  static func unsigned(_ path: String) -> StoreError {
    .untrusted(
      Explanation(
        what: "the store \(path) is not used",
        why:
          "it is of an older format, without signatures, and had them when it was last used here",
        advice: "if you put back an old copy yourself: usher keys trust"))
  }
}
