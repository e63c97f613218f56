import FuzzSupport
import Secrets

/// Fills a template with values in every place that templates stand in. Behind zeros in the input come the values of
/// `a` and `b` as credentials, then as settings.
///
/// libFuzzer calls this in a loop; whatever must not happen stops the program.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzTemplate(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let parts = unsafe FuzzInput(start, count).parts
  let text = String(decoding: parts[0], as: UTF8.self)
  let trial = TemplateTrial(text, values: parts.dropFirst().map { $0 })
  trial.asAddress()
  trial.asHeader()
  trial.asParameter()
  return 0
}
