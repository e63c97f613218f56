/// One way of checking credentials: what to ask, what an answer means, and what it comes to. `CheckMode` says which.
///
/// The live check and the plan of `--dry-run` drive the same procedure; where the one calls `receive`, the other calls
/// `advanceWithPlaceholders`. What is secret lives in the context's sources, so a procedure itself holds only where it stands.
protocol CheckStrategy {
  /// The next request; nil when there is nothing more to ask.
  mutating func next(_ context: inout CheckContext) throws(RequestError) -> PreparedRequest?

  /// Takes the answer to the last request. Nil when the next request decides.
  mutating func receive(
    _ answer: borrowing CheckAnswer, _ context: inout CheckContext
  ) -> Diagnosis?

  /// Goes on without an answer, as if it had been one after which more is asked, with marks where only the answer
  /// could tell a value.
  mutating func advanceWithPlaceholders(_ context: inout CheckContext)

  /// What it comes to when there is nothing more to ask and no answer has decided.
  func conclusion(_ context: borrowing CheckContext) -> Diagnosis
}

extension CheckStrategy {
  /// No request needs what an answer told.
  func advanceWithPlaceholders(_ context: inout CheckContext) {}

  /// For procedures in which the answer to the last request always decides.
  func conclusion(_ context: borrowing CheckContext) -> Diagnosis {
    context.general.diagnosis(.unclear)
  }
}
