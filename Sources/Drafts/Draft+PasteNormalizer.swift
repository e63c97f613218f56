package import ProviderFormat
internal import Secrets

/// Values that nobody watched being put in: out of a file, or an argument.
extension Draft {
  /// What a value was mended of without anybody at the screen to be told.
  package struct NormalizedField: Equatable, Sendable {
    package let field: Field.ID
    /// In the order in which they were made; never empty.
    package let repairs: [Repair]
  }

  /// Mends values as a paste of them would be. One that is known to be right, by its pattern or its format, stays as it
  /// was given, byte for byte; so does one that a repair would not make any better.
  ///
  /// - Returns: what was changed, in the order of the form; to be told to whoever gave the values.
  package mutating func normalize(_ fields: Set<Field.ID>) -> [NormalizedField] {
    var mended: [NormalizedField] = []
    for index in entries.indices where fields.contains(entries[index].id) {
      let entry = entries[index]
      if isEmpty(entry) { continue }
      let judgement = judgement(of: entry)
      if judgement.isRight, judgement.findings.allSatisfy({ $0.severity == .note }) { continue }
      var mending = values.withBytes(of: entry.id) { PasteNormalizer($0) }
      mending.run(in: RepairContext(entry, in: form.provider))
      guard !mending.repairs.isEmpty, !mending.isEmpty, replaceValue(at: index, with: mending)
      else { continue }
      mended.append(NormalizedField(field: entry.id, repairs: mending.repairs))
    }
    return mended
  }
}
