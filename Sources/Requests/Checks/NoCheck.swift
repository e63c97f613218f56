internal import ProviderFormat

/// Nothing is asked, and that is said. A token that is made here is made all the same, so that a key that cannot sign
/// is refused before it is stored.
struct NoCheck: CheckStrategy {
  let reason: CheckMode.Reason

  func next(_ context: inout CheckContext) throws(RequestError) -> PreparedRequest? {
    if context.provider.authMode.requestRules.canMakeToken(for: context.provider) {
      try context.builder.makeToken(in: &context.sources)
    }
    return nil
  }

  func receive(_ answer: borrowing CheckAnswer, _ context: inout CheckContext) -> Diagnosis? { nil }

  func conclusion(_ context: borrowing CheckContext) -> Diagnosis {
    var diagnosis = context.general.diagnosis(.uncheckable)
    diagnosis.sentence = reason.sentence(for: context.general.name)
    return diagnosis
  }
}
