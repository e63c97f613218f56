internal import Basics
internal import Secrets

/// Private keys, in the order they were given, all in one locked buffer.
struct AgeIdentities: ~Copyable {
  /// What a key is for.
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

  private(set) var kinds: [Kind] = []
  private var seeds = SecretBuffer(capacity: seedLength * maximumCount)

  init() {}

  /// One new key.
  init(generating kind: Kind) {
    self.init()
    let seed = SecretBuffer(random: AgeIdentities.seedLength)
    seed.withBytes { _ = seeds.append($0) }
    kinds.append(kind)
  }

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
      kinds.append(kind)
      return true
    }
    return false
  }

  /// Adds the text form of one key to a buffer.
  borrowing func write(_ index: Int, to text: inout SecretBuffer) -> Bool {
    withSeed(index) { seed in Bech32.encode(seed, prefix: kinds[index].prefix, into: &text) }
  }

  /// The public keys, in the same order.
  var recipients: [AgeRecipient] {
    kinds.indices.compactMap { index in
      withSeed(index) { seed in
        switch kinds[index] {
        case .x25519: AgeX25519.publicKey(of: seed).map { .x25519($0) }
        case .postQuantum: AgePostQuantum.publicKey(of: seed).map { .postQuantum($0) }
        }
      }
    }
  }

  /// Finds the file key with the first identity that opens one of the stanzas. Stanzas of other types are left alone.
  /// - Throws: `.header` for a stanza of a type we know that is malformed, `.noMatch`.
  borrowing func unwrap(_ stanzas: [AgeStanza]) throws(AgeError) -> SecretBuffer {
    for index in kinds.indices {
      for stanza in stanzas {
        let fileKey = try withSeed(index) { seed throws(AgeError) in
          switch (kinds[index], stanza.type) {
          case (.x25519, AgeX25519.stanzaType): try AgeX25519.unwrap(stanza, with: seed)
          case (.postQuantum, AgePostQuantum.stanzaType):
            try AgePostQuantum.unwrap(stanza, with: seed)
          case (.x25519, _), (.postQuantum, _): SecretBuffer?.none
          }
        }
        if let fileKey { return fileKey }
      }
    }
    throw .noMatch
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
