internal import Basics
internal import ProviderFormat

/// Braces, brackets or `urn:uuid:` around a UUID, as Windows, .NET and URNs write it.
enum Braces {
  static func normalize(_ text: RawSpan, in context: RepairContext) -> NormalizedText? {
    guard context.rules.accept(text) != true else { return nil }
    let urn = "urn:uuid:"
    var range = 0..<text.byteCount
    if text.hasIgnoringCase(urn.utf8) {
      range = urn.utf8.count..<text.byteCount
    } else if text.byteCount == 38 {
      let ends = (text[0], text[37])
      guard
        ends == (UInt8(ascii: "{"), UInt8(ascii: "}"))
          || ends == (UInt8(ascii: "("), UInt8(ascii: ")"))
      else { return nil }
      range = 1..<37
    } else {
      return nil
    }
    guard text.extracting(range).hasFormOfUUID,
      context.rules.accept(text.extracting(range)) != false
    else { return nil }
    return NormalizedText(text, range, .braces)
  }
}
