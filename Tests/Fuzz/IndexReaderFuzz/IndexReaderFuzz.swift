import Basics
import FuzzSupport
import GuideText
import ProviderFormat

@testable import Catalogues

/// Reads a damaged index of providers: lists it, looks everything up, searches in it. What the check of the index lets
/// pass may answer wrongly, but must not lead out of the index.
///
/// libFuzzer calls this in a loop; whatever must not happen stops the program.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzIndexReader(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = unsafe FuzzInput(start, count)
  guard let index = SourceIndex(IndexDamage.index(damagedBy: input.bytes)) else { return 0 }
  for number in 0..<index.count {
    _ = (index.guide(number), index.namedGuide(number), index.entryRange(number))
    _ = (index.number(of: index.slug(number)), index.guidePath(of: index.slug(number)))
  }
  for finding in index.findings { _ = index.stamp(of: finding.file) }
  if let folder = try? FileDescriptor.open(directory: "/") { _ = index.isFresh(in: folder) }
  let source = MergedProviders.Source(index: index, origin: .builtIn, path: nil)
  let larger = MergedProviders.Source(index: IndexDamage.larger, origin: .builtIn, path: nil)
  for listed in [[source], [larger, source], [source, larger]].map({ MergedProviders($0) }) {
    for position in 0..<listed.count {
      let entry = listed.entry(at: position)
      if let again = listed.position(of: entry.slug) { _ = listed.entry(at: again) }
    }
    for slug in ["tea", "green-tea", "cup", "spoon"] {
      if let position = listed.position(of: slug) { _ = listed.entry(at: position) }
    }
    for words in ["tea", "gren te", "food 3"] {
      for position in CatalogueSearch(SearchQuery(words), in: listed).positions() {
        _ = listed.entry(at: Int(position))
      }
    }
  }
  return 0
}
