import Basics
import FuzzSupport
import Secrets
import Signing

@testable import Store

/// Reads any bytes as an identity file, in Bech32 and in the form of OpenSSH, and as the text of a recipient. What is one
/// is written and read again.
///
/// Damage seldom leaves a checksum or a Base64 whole, so that what stands in them is damaged too, before it is written.
///
/// libFuzzer calls this in a loop; whatever must not happen stops the program.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzIdentity(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = unsafe FuzzInput(start, count).bytes
  checkRecipient(String(decoding: bytes, as: UTF8.self))
  let content = SecretBuffer(fuzz: bytes)
  check(content)
  if bytes.starts(with: "openssh-key-v1".utf8) {
    var file = SecretWriter()
    PEM.write(content, label: OpenSSHKey.label, to: &file)
    if let file = file.finish() { check(file) }
  }
  if bytes.count <= 2 * AgeIdentities.seedLength {
    for kind in AgeIdentities.Kind.allCases { checkSeed(content, kind.prefix) }
    checkRecipient(bech32(content, AgeRecipient.x25519Prefix))
  }
  return 0
}

private func checkRecipient(_ text: String) {
  guard let recipient = AgeRecipient(text) else { return }
  if AgeRecipient(recipient.text) != recipient {
    fatalError("a recipient was written that is not read as it was")
  }
}

/// - Returns: how many keys the text holds.
@discardableResult
private func check(_ text: borrowing SecretBuffer) -> Int {
  let read = text.withBytes { try? IdentityFile.parse($0) }
  guard let identities = read else { return 0 }
  let written = IdentityFile.text(of: identities, created: .now())
  let recipients = identities.recipients
  let again = written.withBytes { try? IdentityFile.parse($0).recipients }
  if again != recipients { fatalError("a key was written that is not read as it was") }
  return recipients.count
}

/// A whole text is a key exactly where it holds as many bytes as a key has.
private func checkSeed(_ seed: borrowing SecretBuffer, _ prefix: String) {
  let text = bech32(seed, prefix)
  let isKey = check(SecretBuffer(fuzz: text.utf8)) == 1
  if isKey != (seed.count == AgeIdentities.seedLength) {
    fatalError("\(seed.count) bytes \(isKey ? "are" : "are not") read as a key")
  }
}

private func bech32(_ data: borrowing SecretBuffer, _ prefix: String) -> String {
  var text = SecretBuffer(capacity: 256)
  let isWritten = data.withBytes { Bech32.encode($0, prefix: prefix, into: &text) }
  if !isWritten { fatalError("bytes cannot be written in Bech32") }
  return text.withBytes { String(decoding: $0.copied(), as: UTF8.self) }
}
