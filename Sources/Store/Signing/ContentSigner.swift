internal import Connections

/// Signs what lies in one store, as one writer.
struct ContentSigner {
  let key: WriterKey
  let storeID: String

  /// - Parameter version: that it is signed with, where that is not the one it is bound to.
  func sign(
    _ file: [UInt8], _ binding: SealBinding, version: Int64? = nil
  ) throws(StoreFailure) -> [UInt8] {
    try SignedEnvelope(
      file, binding, version: version ?? binding.version, in: storeID, by: key
    ).bytes
  }
}

/// Asked who signs what an older store holds, before it is brought to the format in which all is signed. Throws where
/// that must not be done: what was signed once, and is not any more, is none of ours.
typealias FirstSigning = (StoreHeader) throws(StoreError) -> ContentSigner
