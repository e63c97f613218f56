internal import ProviderFormat

/// What every way of checking works with. Owned by one check, or by one rehearsal of it, and wiped with it.
struct CheckContext: ~Copyable {
  let provider: Provider
  let general: StatusDiagnosis
  /// Whether requests are built with marks in place of secrets.
  let isRedacting: Bool
  var sources: TemplateContext
  var facts = CheckFacts()

  init(_ sources: consuming TemplateContext, isRedacting: Bool = false) {
    provider = sources.provider
    general = StatusDiagnosis(provider)
    self.isRedacting = isRedacting
    self.sources = sources
    self.sources.derive(by: provider.usher.derivations)
  }

  var builder: RequestBuilder {
    RequestBuilder(
      provider: provider, isRedacting: isRedacting, hasStandIns: !sources.standIns.isEmpty)
  }

  /// What an answer means of which the entry says nothing.
  borrowing func meaning(of answer: borrowing CheckAnswer) -> Diagnosis {
    AnswerReader(self).diagnosis(of: answer, from: sources)
  }
}
