import Basics
import FuzzSupport
import Secrets

@testable import GuideTools
@testable import ProviderFormat

/// Plans the check of any entry with any values: behind zeros in the input, which is YAML, come the values of the form's
/// fields in their order.
///
/// libFuzzer calls this in a loop; whatever must not happen stops the program.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzRequest(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let parts = unsafe FuzzInput(start, count).parts
  let file = ProviderFile(parts[0], file: "fuzz.yaml", single: "fuzz")
  for entry in file.entries.prefix(4) {
    let provider = Provider(
      slug: entry.slug, entry: entry.entry, origin: .builtIn, line: entry.line)
    let fields = Form(provider: provider, guide: nil).fields.map(\.id)
    let trial = RequestTrial(
      provider, fields: fields, values: Array(parts.dropFirst()),
      // An entry may name what it likes.
      namesCanary: String(decoding: parts[0], as: UTF8.self).contains("anary"))
    trial.check()
  }
  return 0
}
