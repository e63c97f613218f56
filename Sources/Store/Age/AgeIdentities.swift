internal import Basics
internal import Crypto
internal import Secrets

/// Private keys, in the order they were given, all in one locked buffer.
struct AgeIdentities: ~Copyable {
  /// The kinds of age's own keys.
  enum Kind: CaseIterable {
    case x25519, postQuantum

    var prefix: String {
      switch self {
      case .x25519: "AGE-SECRET-KEY-"
      case .postQuantum: "AGE-SECRET-KEY-PQ-"
      }
    }
  }

  static let seedLength = 32
  /// More identities than anybody has; keeps the buffer on one page.
  static let maximumCount = 64

  /// How a seed is used.
  private enum Use {
    case native(Kind)
    /// The key of an SSH file, with its public half.
    case sshEd25519(publicKey: [UInt8])
  }

  private var uses: [Use] = []
  private var seeds = SecretBuffer(capacity: seedLength * maximumCount)

  init() {}

  /// One new key.
  init(generating kind: Kind) {
    self.init()
    let seed = SecretBuffer(random: AgeIdentities.seedLength)
    seed.withBytes { _ = seeds.append($0) }
    uses.append(.native(kind))
  }

  var isEmpty: Bool { uses.isEmpty }
  var count: Int { uses.count }

  /// Adds a key in age's text form, `AGE-SECRET-KEY-1…`. False when it is malformed or there is no room.
  mutating func append(_ text: RawSpan) -> Bool {
    for kind in Kind.allCases where text.has((kind.prefix + "1").utf8) {
      let before = seeds.count
      guard Bech32.decode(text, prefix: kind.prefix, into: &seeds),
        seeds.count - before == AgeIdentities.seedLength
      else {
        seeds.remove(before..<seeds.count)
        return false
      }
      uses.append(.native(kind))
      return true
    }
    return false
  }

  /// Adds the key of an SSH file. False when its two halves do not belong together or there is no room.
  mutating func append(sshEd25519 seed: RawSpan, publicKey: [UInt8]) -> Bool {
    guard seed.byteCount == AgeIdentities.seedLength,
      AgeSSHEd25519.isPublicKey(publicKey, of: seed), seeds.append(seed)
    else { return false }
    uses.append(.sshEd25519(publicKey: publicKey))
    return true
  }

  /// Adds the text form of one key to a buffer, without a line end. False when it does not fit.
  borrowing func write(_ index: Int, to text: inout SecretBuffer) -> Bool {
    withSeed(index) { seed in
      switch uses[index] {
      case .native(let kind): Bech32.encode(seed, prefix: kind.prefix, into: &text)
      case .sshEd25519(let publicKey): OpenSSHKey.write(seed, publicKey, to: &text)
      }
    }
  }

  /// The public keys, in the same order.
  var recipients: [AgeRecipient] {
    uses.indices.compactMap { index in
      withSeed(index) { seed in
        switch uses[index] {
        case .native(.x25519): AgeX25519.publicKey(of: seed).map { .x25519($0) }
        case .native(.postQuantum): AgePostQuantum.publicKey(of: seed).map { .postQuantum($0) }
        case .sshEd25519(let publicKey): .sshEd25519(publicKey)
        }
      }
    }
  }

  /// Finds the file key with the first identity that opens one of the stanzas. Stanzas of other types are left alone.
  /// - Throws: `.header` for a stanza of a type we know that is malformed, `.noMatch`.
  borrowing func unwrap(_ stanzas: [AgeStanza]) throws(AgeError) -> SecretBuffer {
    for index in uses.indices {
      for stanza in stanzas {
        let fileKey = try withSeed(index) { seed throws(AgeError) in
          switch (uses[index], stanza.type) {
          case (.native(.x25519), AgeX25519.stanzaType): try AgeX25519.unwrap(stanza, with: seed)
          case (.native(.postQuantum), AgePostQuantum.stanzaType):
            try AgePostQuantum.unwrap(stanza, with: seed)
          case (.sshEd25519(let publicKey), AgeSSHEd25519.stanzaType):
            try AgeSSHEd25519.unwrap(stanza, with: seed, publicKey)
          case (.native, _), (.sshEd25519, _): SecretBuffer?.none
          }
        }
        if let fileKey { return fileKey }
      }
    }
    throw .noMatch
  }

  /// A key for something else, that follows from one of these and tells nothing of it.
  borrowing func derivedKey(_ index: Int, info: String) -> SymmetricKey {
    withSeed(index) { seed in
      var copy = SecretBuffer(capacity: AgeIdentities.seedLength)
      _ = copy.append(seed)
      return AgePrimitives.derive(from: copy, salt: [], info: info)
    }
  }

  private borrowing func withSeed<Result: ~Copyable, Failure: Error>(
    _ index: Int, _ body: (RawSpan) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try seeds.withBytes { bytes throws(Failure) in
      let start = index * AgeIdentities.seedLength
      return try body(bytes.extracting(start..<start + AgeIdentities.seedLength))
    }
  }
}
