import Basics
import Crypto
import FoundationEssentials
import Secrets
import Store

@testable import Store

/// One file of the C2SP/CCTV test vectors for age: a header of `key: value` lines, an empty line, the age file.
struct AgeVector {
  /// The folder that holds them; tests are skipped without it.
  static let folder = ProcessInfo.processInfo.environment["USHER_AGE_VECTORS"]

  static var names: [String] {
    guard let folder else { return [] }
    let all = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return all.filter { !$0.hasPrefix("README") && !$0.hasPrefix(".") }.sorted()
  }

  private(set) var expectation = ""
  private(set) var payload: String?
  private(set) var identities: [String] = []
  private(set) var passphrases: [String] = []
  private(set) var isArmored = false
  private let body: [UInt8]

  init(named name: String) throws {
    let content = try [UInt8](Data(contentsOf: URL(filePath: "\(AgeVector.folder ?? "")/\(name)")))
    var rest = content[...]
    var isCompressed = false
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")), end > rest.startIndex {
      let line = String(decoding: rest[..<end], as: UTF8.self)
      rest = rest[(end + 1)...]
      guard let colon = line.firstIndex(of: ":") else { continue }
      let value = String(line[colon...].dropFirst(2))
      switch line[..<colon] {
      case "expect": expectation = value
      case "payload": payload = value
      case "identity": identities.append(value)
      case "passphrase": passphrases.append(value)
      case "armored": isArmored = value == "yes"
      case "compressed": isCompressed = value == "zlib"
      default: break
      }
    }
    let bytes = Array(rest.dropFirst())
    body = isCompressed ? Inflate.zlib(bytes) : bytes
  }

  /// What opening the file comes to, in the words of the vectors, and the digest of what was given out.
  func open() -> (outcome: String, payload: String?) {
    var plaintext = SecretBuffer(capacity: body.count + 1)
    do throws(AgeError) {
      let file = isArmored ? try AgeArmor.decode(body) : body
      try open(file, into: &plaintext)
    } catch {
      let digest = plaintext.isEmpty ? nil : digest(plaintext)
      switch error {
      case .armor: return ("armor failure", nil)
      case .header: return ("header failure", nil)
      case .noMatch: return ("no match", nil)
      case .authentication: return ("HMAC failure", nil)
      case .payload: return ("payload failure", digest)
      }
    }
    return ("success", digest(plaintext))
  }

  /// Every identity, then every passphrase, as a user with all of them would.
  private func open(_ file: [UInt8], into plaintext: inout SecretBuffer) throws(AgeError) {
    var keys = AgeIdentities()
    for identity in identities where !keys.append(text: identity) {
      throw .header("the vector's identity is malformed")
    }
    do {
      return try AgeFile.open(file, with: keys, into: &plaintext)
    } catch {
      guard error == .noMatch else { throw error }
    }
    for passphrase in passphrases {
      var buffer = SecretBuffer()
      buffer.append(text: passphrase.utf8)
      do {
        return try AgeFile.open(file, passphrase: buffer, into: &plaintext)
      } catch {
        guard error == .noMatch else { throw error }
      }
    }
    throw .noMatch
  }

  private func digest(_ plaintext: borrowing SecretBuffer) -> String {
    plaintext.withBytes { bytes in
      unsafe bytes.withUnsafeBytes { unsafe SHA256.hash(data: $0).hex }
    }
  }
}

extension AgeIdentities {
  /// Adds a key of a test.
  mutating func append(text: String) -> Bool {
    var buffer = SecretBuffer()
    buffer.append(text: text.utf8)
    return buffer.withBytes { append($0) }
  }
}
