import Basics
import FuzzSupport
import Secrets

@testable import Drafts
@testable import ProviderFormat
@testable import Requests

private let form = Form(
  provider: Provider(
    slug: "acme", displayName: "Acme", authMode: .basic,
    fields: [
      Field(id: .init(.credentials, "username")), Field(id: .init(.credentials, "password")),
      Field(id: .init(.connectionConfig, "region")),
    ], origin: .builtIn), guide: nil)

/// Reads any bytes as the values of `--from`, and as the messages between the program and the check's own process.
///
/// libFuzzer calls this in a loop; whatever must not happen stops the program.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzSubmission(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let text = SecretBuffer(fuzz: unsafe FuzzInput(start, count).bytes)
  if let diagnosis = text.message(Diagnosis.read), diagnosis.writtenAndRead != diagnosis {
    fatalError("a diagnosis changed by being written and read")
  }
  if let submission = text.message(Submission.read) {
    var json = SecretJSONWriter()
    submission.write(to: &json)
    guard json.finish()?.message(Submission.read) != nil else {
      fatalError("a submission that was written cannot be read")
    }
  }
  if let job = text.message(LinkJob.read) {
    var json = SecretJSONWriter()
    job.write(to: &json)
    guard json.finish()?.message(LinkJob.read) != nil else {
      fatalError("a job of a link that was written cannot be read")
    }
  }
  if let result = text.message(LinkResult.read) {
    var json = SecretJSONWriter()
    result.write(to: &json)
    guard json.finish()?.message(LinkResult.read) != nil else {
      fatalError("what came of a link and was written cannot be read")
    }
  }
  guard let values = try? SubmissionFile.read(text, for: form) else { return 0 }
  guard let written = SubmissionFile.write(values),
    let again = try? SubmissionFile.read(written, for: form)
  else { fatalError("values that were written cannot be read") }
  for id in values.keys {
    let isSame = values.withBytes(of: id) { a in
      again.withBytes(of: id) { b in
        a.byteCount == b.byteCount && (0..<a.byteCount).allSatisfy { a[$0] == b[$0] }
      }
    }
    if !isSame { fatalError("a value changed by being written and read") }
  }
  return 0
}
