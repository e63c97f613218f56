internal import Basics
package import ProviderFormat
internal import Secrets

/// Values that nobody watched being put in: out of a file, or an argument.
extension Draft {
  /// What a value was mended of without anybody at the screen to be told.
  package struct NormalizedField: Equatable, Sendable {
    /// The field that the text was pasted into.
    package let field: Field.ID
    /// In the order in which they were made; never empty.
    package let repairs: [Repair]
  }

  /// Mends the values of which something is to be said, as a paste of them would be. A machine may have written them:
  /// one of which nothing is to be said stays byte for byte, and so does one that a repair makes no better. Of several
  /// values in one none is taken; the rules refuse them.
  ///
  /// - Returns: what was changed, in the order of the form; to be told to whoever gave the values.
  package mutating func normalize(_ fields: Set<Field.ID>) -> [NormalizedField] {
    var normalized: [NormalizedField] = []
    for index in entries.indices where fields.contains(entries[index].id) {
      let entry = entries[index]
      guard !isEmpty(entry), let trouble = worst(of: entry) else { continue }
      var normalizer = values.withBytes(of: entry.id) { PasteNormalizer($0) }
      normalizer.run(in: entry.context, among: repairContexts())
      guard normalizer.found == nil, !normalizer.repairs.isEmpty, !normalizer.isEmpty,
        let before = values.duplicate(of: entry.id), replaceValue(at: index, with: normalizer)
      else { continue }
      // What is refused either way is refused for what is wrong with the value itself.
      let isBetter =
        worst(of: entry).map { $0 > trouble || $0 == trouble && $0 <= .overridable } ?? true
      if isBetter {
        normalized.append(NormalizedField(field: entry.id, repairs: normalizer.repairs))
      } else {
        setValue(before, at: index)
      }
    }
    return normalized
  }

  /// The worst that is to be said of a value; nil when that is nothing, or only a note.
  private borrowing func worst(of entry: DraftEntry) -> Finding.Severity? {
    findings(of: entry).map(\.severity).filter { $0 != .note }.min()
  }
}
