import FuzzSupport
import Secrets

@testable import Requests

/// Answers every request of a check with the same body. The input's first byte says in which way is checked, the
/// second which status and type the answers have.
///
/// libFuzzer calls this in a loop; whatever must not happen stops the program.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzAnswer(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = unsafe FuzzInput(start, count).bytes
  guard input.count >= 2 else { return 0 }
  let (status, type) = AnswerTrial.manner(input[1])
  var session = CheckSession(AnswerTrial.submission(input[0]))
  for count in 0..<AnswerTrial.mostRequests {
    switch session.next() {
    case .send:
      session.receive(
        CheckAnswer(
          status: status,
          headers: [("content-type", type), ("set-cookie", "s=1"), ("retry-after", "3")],
          body: SecretBuffer(fuzz: input.dropFirst(2))))
    case .done(let diagnosis):
      if count == 0 { fatalError("nothing is asked: \(diagnosis.sentence)") }
      AnswerTrial.check(diagnosis)
      return 0
    }
  }
  fatalError("the check does not come to an end")
}
