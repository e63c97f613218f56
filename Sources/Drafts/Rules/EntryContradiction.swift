internal import Basics
internal import ProviderFormat

/// Whether an entry breaks its own rule: then the rule, not the value, may be wrong, and it only warns.
struct EntryContradiction: Equatable, Sendable {
  let isOfPattern: Bool
  let isOfFormat: Bool

  init(_ field: Field, _ pattern: Pattern?) {
    let shown = [field.example, field.defaultValue].compactMap(\.self).filter(Self.isWhole)
    isOfPattern = pattern.map { pattern in shown.contains { !Self.accepts(pattern, $0) } } ?? false
    isOfFormat =
      field.format.map { format in
        shown.contains { text in !text.withBytes { format.accepts($0) } }
      } ?? false
  }

  /// Whether a text is an example as a person would type it: nothing of it is hidden by stars or left out.
  private static func isWhole(_ text: String) -> Bool {
    guard !text.isEmpty, !text.withBytes({ $0.hasStars }) else { return false }
    return !["*", "•", "…", "...", "<", "xxx", "XXX"].contains { text.holds($0) }
  }

  /// Both spellings of a line end are the same key.
  private static func accepts(_ pattern: Pattern, _ text: String) -> Bool {
    if pattern.matches(text) { return true }
    guard text.hasPrefix("-----BEGIN") else { return false }
    let lines = text.split(separator: "\\n", omittingEmptySubsequences: false).joined(
      separator: "\n")
    return pattern.matches(lines) || pattern.matches(lines.trimmed)
      || pattern.matches(text.split(separator: "\n").joined(separator: "\\n"))
  }
}
