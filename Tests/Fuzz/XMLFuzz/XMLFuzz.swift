import Basics
import FuzzSupport
import Secrets

@testable import Requests

/// Reads any bytes as XML: looks paths up in it, and turns it into JSON.
///
/// libFuzzer calls this in a loop; whatever must not happen stops the program.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzXML(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let text = SecretBuffer(fuzz: unsafe FuzzInput(start, count).bytes)
  text.withBytes { text in
    for path in ["a", "a/b", "a.b[1]", "a/@id", "Envelope/Body/Fault/faultstring"] {
      let answer = CheckAnswer(status: 200, body: SecretBuffer(copying: text))
      if answer.isXML, let found = AnswerPath(path).text(in: answer) { escape(found) }
    }
    guard let json = XMLConversion.json(of: text) else { return }
    let isRead = json.withBytes { JSONPath("").find(in: $0) } != nil
    if !isRead { fatalError("XML became something that is no JSON") }
  }
  return 0
}

/// A text that was read can be written, and is then read as the same.
private func escape(_ text: borrowing SecretBuffer) {
  text.withBytes { text in
    var written = SecretWriter()
    guard written.append(xmlEscaped: text) else {
      fatalError("a text that was read cannot be written")
    }
    let again = written.finish()?.withBytes { $0.xmlText() }
    switch again {
    case .some(let again):
      let isSame = again.withBytes { again in
        again.byteCount == text.byteCount
          && (0..<text.byteCount).allSatisfy { again[$0] == text[$0] }
      }
      if !isSame { fatalError("a text changed by being written and read") }
    case nil: fatalError("a text that was written cannot be read")
    }
  }
}
