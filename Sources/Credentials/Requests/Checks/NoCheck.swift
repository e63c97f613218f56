/// Nothing is asked, and that is said.
struct NoCheck: CheckProcedure {
  let reason: CheckMode.Reason

  func next(_ context: inout CheckContext) throws(RequestError) -> PreparedRequest? { nil }

  func receive(_ answer: borrowing CheckAnswer, _ context: inout CheckContext) -> Diagnosis? { nil }

  func suppose(_ context: inout CheckContext) {}

  func conclusion(_ context: borrowing CheckContext) -> Diagnosis {
    var diagnosis = context.general.diagnosis(.uncheckable)
    diagnosis.sentence = reason.sentence(for: context.general.name)
    return diagnosis
  }
}
