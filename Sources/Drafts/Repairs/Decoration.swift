internal import Basics
internal import ProviderFormat

/// What the form shows left and right of the input and what is therefore not part of the value: `https://` before a
/// host, `.example.com` after an account's name.
enum Decoration {
  static func normalize(_ text: RawSpan, in context: RepairContext) -> NormalizedText? {
    let field = context.field
    if let prefix = field.prefix, !prefix.isEmpty, let start = lead(prefix, in: text) {
      return NormalizedText(text, start..<text.byteCount, .decoration(prefix))
    }
    if let suffix = field.suffix, !suffix.isEmpty {
      let end = text.byteCount - suffix.utf8.count
      if end > 0, text.hasIgnoringCase(suffix.lowercased().utf8, at: end) {
        return NormalizedText(text, 0..<end, .decoration(suffix))
      }
    }
    // A base address keeps its scheme.
    guard field.format != .uri, context.rules.place != .base else { return nil }
    return field.format == .hostname || field.suffix != nil ? address(text) : nil
  }

  private static func lead(_ prefix: String, in text: RawSpan) -> Int? {
    text.hasIgnoringCase(prefix.lowercased().utf8) ? prefix.utf8.count : nil
  }

  /// A web address where a host's name is asked: the scheme and the closing slash go.
  private static func address(_ text: RawSpan) -> NormalizedText? {
    for scheme in ["https://", "http://"] {
      if let start = lead(scheme, in: text) {
        return NormalizedText(text, start..<text.byteCount, .decoration(scheme))
      }
    }
    let end = text.byteCount - 1
    guard end > 0, text[end] == UInt8(ascii: "/") else { return nil }
    return NormalizedText(text, 0..<end, .decoration("/"))
  }
}
