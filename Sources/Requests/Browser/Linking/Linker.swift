/// Asks providers what it takes to link an account where a person's consent is needed. Never throws: whatever happens is
/// a result.
///
/// Cancelling the task that calls it ends the job within a second; the diagnosis is then `.cancelled`.
package protocol Linker: Sendable {
  /// Gets ready for a job that is likely to be wanted soon. Nothing is asked of anybody, and no value is needed.
  func prepare()

  /// No job is likely any more: what `prepare` has made is given back.
  func dismiss()

  /// - Parameter report: told what happens meanwhile, on any thread.
  func perform(
    _ job: consuming LinkJob, report: @escaping @Sendable (consuming LinkProgress) -> Void
  ) async -> LinkResult
}
