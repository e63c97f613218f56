import GuideFetching

/// Reads any bytes as a documentation site's index, and finds a place for every page in it.
///
/// libFuzzer calls this in a loop; whatever must not happen stops the program.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzPageIndex(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  // Safe: libFuzzer lends `count` bytes at `start` for the time of the call.
  let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  let index = DocumentationIndex(bytes)
  guard Set(index.entries.map(\.address)).count == index.entries.count else {
    fatalError("an address is listed twice")
  }
  for entry in index.entries {
    guard let file = PageAddress(entry.address)?.file else { continue }
    let parts = file.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.first == "docs", parts.last == "connect.md",
      !parts.contains(where: { $0.isEmpty || $0.hasPrefix(".") || $0.utf8.count > 210 })
    else { fatalError("a page's place is outside of its folder: \(file)") }
    _ = PagePattern(entry.title).matches(file)
  }
  return 0
}
