import Basics
import FuzzSupport
import Secrets

@testable import Store

/// Reads any bytes as an identity file, in Bech32 and in the form of OpenSSH, and as the text of a recipient. What is one
/// is written and read again.
///
/// libFuzzer calls this in a loop; whatever must not happen stops the program.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzIdentity(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = unsafe FuzzInput(start, count).bytes
  if let recipient = AgeRecipient(String(decoding: bytes, as: UTF8.self)),
    AgeRecipient(recipient.text) != recipient
  {
    fatalError("a recipient was written that is not read as it was")
  }
  let text = SecretBuffer(fuzz: bytes)
  let read = text.withBytes { try? IdentityFile.parse($0) }
  guard let identities = read else { return 0 }
  let written = IdentityFile.text(of: identities, created: .now())
  let again = written.withBytes { try? IdentityFile.parse($0).recipients }
  if again != identities.recipients { fatalError("a key was written that is not read as it was") }
  return 0
}
