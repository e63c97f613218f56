internal import Credentials
internal import Guides

/// What the graph of screens needs of a visit. Methods, because a noncopyable value behind an optional can be asked
/// and not looked into.
extension Visit {
  mutating func reached(_ now: ContinuousClock.Instant) { self.now = now }

  borrowing func slug() -> String { form.provider.slug }
  borrowing func currentName() -> ConnectionName { name }
  borrowing func stageCount() -> Int { stages.count }
  borrowing func needsBrowser() -> Bool { !form.provider.authMode.isFormBased }
  borrowing func hasTypedValues() -> Bool { draft.hasTypedValues }
  borrowing func lastDiagnosis() -> Diagnosis? { diagnosis }
  borrowing func isReplacement() -> Bool { isReplacing }

  borrowing func step(_ stage: Int, focus: Field.ID?, returnsToReview: Bool) -> StepScreen {
    StepScreen(stage, focus: focus, returnsToReview: returnsToReview, self)
  }

  borrowing func allStages() -> [Stage] { stages }

  /// The step that a link inside the guide leads to.
  borrowing func stage(for fragment: String) -> Int? {
    guard let guide = form.guide, !guide.steps.isEmpty else { return nil }
    return guide.step(for: fragment)?.index
  }

  borrowing func review(_ notice: Notice?) -> ReviewScreen { ReviewScreen(self, notice: notice) }

  mutating func take(_ name: ConnectionName) {
    self.name = name
    isReplacing = options.replaces
  }

  mutating func replaceExisting() { isReplacing = true }

  borrowing func submission() -> Submission { draft.submission() }

  /// Keeps what the check found out. An accepted key of another account than the one that it is to replace is not
  /// what was asked for.
  mutating func receive(_ diagnosis: Diagnosis, _ checked: Timestamp) -> Diagnosis {
    var diagnosis = diagnosis
    if diagnosis.isAccepted, let wanted = options.account, let account = diagnosis.account,
      account != wanted
    {
      diagnosis.kind = .wrongTenant
      diagnosis.sentence = "The values are good, but they belong to \(account)."
      diagnosis.nextStep =
        "\(name) belongs to \(wanted). Enter values of that account, or link this one under another name."
    }
    self.diagnosis = diagnosis
    self.checked = checked
    return diagnosis
  }

  /// The values are to be stored as not checked.
  mutating func forgetAnswer() {
    diagnosis = nil
    checked = nil
  }

  /// What is sealed and written. The store sets id, version and times.
  borrowing func record() -> ConnectionRecord {
    var facts = ConnectionFacts(name: name, created: options.now, changed: options.now)
    facts.diagnosis = diagnosis
    facts.checked = checked
    var submission = draft.submission()
    let values = exchange(&submission.values, with: SecretValues())
    return ConnectionRecord(facts: facts, provider: submission.provider, values: values)
  }
}
