package import Guides
internal import Secrets

/// Values that nobody watched being put in: out of a file, or an argument.
extension Draft {
  /// What a value was mended of without anybody at the screen to be told.
  package struct MendedField: Equatable, Sendable {
    package let field: Field.ID
    /// In the order in which they were made; never empty.
    package let repairs: [Repair]
  }

  /// Mends values as a paste of them would be. One that is known to be right, by its pattern or its format, stays as it
  /// was given, byte for byte; so does one that a repair would not make any better.
  ///
  /// - Returns: what was changed, in the order of the form; to be told to whoever gave the values.
  package mutating func mend(_ fields: Set<Field.ID>) -> [MendedField] {
    var mended: [MendedField] = []
    for entry in entries where fields.contains(entry.field.id) && !entry.value.isEmpty {
      let isRight =
        entry.value.withBytes { entry.rules.speakFor($0) }
        && findings(of: entry).allSatisfy { $0.severity == .note }
      if isRight { continue }
      var mending = Mending(entry.value)
      mending.run(in: RepairContext(entry, in: form.provider))
      guard !mending.repairs.isEmpty, !mending.isEmpty else { continue }
      entry.value.wipe()
      entry.caret = 0
      let fits = mending.insert(into: entry)
      assert(fits)
      mended.append(MendedField(field: entry.field.id, repairs: mending.repairs))
    }
    return mended
  }
}
