import FuzzSupport

/// Fills values into a file of some format. The first byte of the input chooses the format, what follows up to a zero is the
/// template, and behind zeros come the values.
///
/// libFuzzer calls this in a loop; whatever must not happen stops the program.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzFileTemplate(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let parts = unsafe FuzzInput(start, count).parts
  guard let choice = parts[0].first else { return 0 }
  let trial = FilledFile(
    Array(parts[0].dropFirst()), choice: choice, values: parts.dropFirst().map { $0 })
  trial.keepsText()
  trial.keepsShape()
  return 0
}
