internal import Basics
internal import Connections
internal import Secrets

/// Where the key comes from that this machine signs with.
extension RecipientSetup {
  private static let writerName = "writer.key"

  /// The key that systemd hands in, else the one in the configuration directory; nil where there is none yet.
  func writer() throws(StoreError) -> WriterKey? {
    if let path = location.writerCredential { return try credential(path) }
    guard let directory = try PrivateDirectory.open(location.configuration, .readable) else {
      return nil
    }
    return try writer(in: directory)
  }

  /// The same, made where there is none. Where the configuration cannot be written, whoever has the identity has a key
  /// too: a service with a read-only home stores what it renews.
  /// - Parameter identities: those that can be had without asking anybody.
  func writerForSigning(_ identities: OpenIdentities?) throws(StoreError) -> WriterKey {
    if let key = try writer() { return key }
    do throws(StoreError) {
      let directory = try PrivateDirectory.create(location.configuration, .readable)
      return try directory.exclusively { () throws(StoreError) in
        // Another process may have made it meanwhile.
        if let key = try writer(in: directory) { return key }
        guard let key = WriterKey.generate() else { throw unusable(directory.path) }
        try key.text(created: .now()).withBytes { bytes throws(StoreError) in
          try directory.write(bytes, to: Self.writerName, mode: 0o400)
        }
        return key
      }
    } catch {
      if let identities, let key = WriterKey.derived(from: identities.keys).first { return key }
      throw error
    }
  }

  private func writer(in directory: borrowing PrivateDirectory) throws(StoreError) -> WriterKey? {
    guard try directory.verifiedFile(Self.writerName) != nil else { return nil }
    let content = try directory.read(Self.writerName, limit: WriterKey.textLimit)
    switch content {
    case .some(let text):
      if let key = text.withBytes({ WriterKey.parse($0) }) { return key }
    case nil: break
    }
    throw unusable(directory.path)
  }

  private func credential(_ path: String) throws(StoreError) -> WriterKey {
    let text: SecretBuffer?
    do {
      text = try IdentityReader.read(.credential(path))
    } catch {
      switch error {
      case .store(let error): throw error
      case .system(let error): throw error.failure("cannot read the writer's key \(path)")
      case .tooLong: throw unusable(path)
      }
    }
    switch text {
    case .some(let text):
      if let key = text.withBytes({ WriterKey.parse($0) }) { return key }
    case nil: break
    }
    throw unusable(path)
  }

  private func unusable(_ place: String) -> StoreError {
    let file = place == location.writerCredential ? place : "\(place)/\(Self.writerName)"
    return .failed(
      Explanation(
        what: "cannot use \(file)", why: "it is not a writer's key as usher makes it",
        advice: "put it back from a copy; or move it away, and the next save makes another"))
  }
}

/// Whom this machine knows of those who sign.
extension RecipientSetup {
  /// Empty where none is known yet: then whoever has signed what is there is believed, as the recipients are.
  func knownWriters(path: String) throws(StoreError) -> [KnownWriter] {
    try known(path)?.store.writers ?? []
  }

  /// Remembers writers besides those that are known, where the store is remembered.
  func remember(_ writers: [KnownWriter], path: String) {
    guard
      let directory = try? PrivateDirectory.open(location.configuration, .readable)
    else { return }
    try? directory.exclusively { () throws(StoreError) in
      guard var store = try KnownStore(of: path, in: directory) else { return }
      let added = writers.filter { !store.writers.contains($0) }
      guard !added.isEmpty else { return }
      store.writers += added
      try store.write(of: path, in: directory)
    }
  }
}
