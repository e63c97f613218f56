import Basics

@testable import GuideText
@testable import GuideTools
@testable import ProviderFormat

/// Reads any bytes as a guide, for the screen and for the export, and looks up a step in it.
///
/// libFuzzer calls this in a loop; whatever must not happen stops the program.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzGuideReader(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  // Safe: libFuzzer lends `count` bytes at `start` for the time of the call.
  let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  let guide = Guide(slug: "fuzz", markdown: bytes, file: "fuzz.md")
  for step in guide.steps {
    for anchor in step.anchors { _ = guide.step(for: "#" + anchor) }
  }
  let flat = Guide(slug: "fuzz", markdown: bytes, file: "fuzz.md", linksAddresses: false)
  let exported = GuideExport(flat).value(users: [])
  let limits = JSONLimits(bytes: .max, depth: 64)
  guard let again = try? Value(json: exported.json, limits: limits), again == exported else {
    fatalError("the export is not the JSON that it was made from")
  }
  guard !exported.json.unicodeScalars.contains(where: Marks.isMark) else {
    fatalError("a mark of the reader's own is in the export")
  }
  return 0
}
