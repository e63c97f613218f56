import FuzzSupport
import Secrets

@testable import Store

/// The identity of the specification of age, which `.ci/fuzz` has files sealed to.
private let identity = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX"

/// Opens any bytes as an age file, with a key and with a passphrase, and seals anew what was opened.
///
/// libFuzzer calls this in a loop; whatever must not happen stops the program.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzAge(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let file = unsafe FuzzInput(start, count).bytes
  var keys = AgeIdentities()
  guard SecretBuffer(fuzz: identity.utf8).withBytes({ keys.append($0) }) else {
    fatalError("the identity is not read")
  }
  guard let header = try? AgeHeader(parsing: file) else { return 0 }
  if AgeHeader.text(of: header.stanzas) != header.authenticated {
    fatalError("a header was read that would be written in another way")
  }
  var content = SecretBuffer(capacity: max(1, count))
  guard AgeFile.wantsPassphrase(file) else {
    if (try? AgeFile.open(file, with: keys, into: &content)) != nil { seal(content, keys) }
    return 0
  }
  // More work than this would be all that is done.
  guard let words = header.stanzas.first?.arguments, words.last?.utf8.count == 1 else { return 0 }
  let passphrase = SecretBuffer(fuzz: "walrus".utf8)
  if (try? AgeFile.open(file, passphrase: passphrase, into: &content)) != nil {
    seal(content, keys)
  }
  return 0
}

private func seal(_ content: borrowing SecretBuffer, _ keys: borrowing AgeIdentities) {
  guard let file = try? AgeFile.seal(content, to: keys.recipients) else {
    fatalError("what was opened cannot be sealed")
  }
  var opened = SecretBuffer(capacity: max(1, content.count))
  guard (try? AgeFile.open(file, with: keys, into: &opened)) != nil, opened.count == content.count
  else { fatalError("what was sealed does not open") }
}
