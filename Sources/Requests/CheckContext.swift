internal import Basics
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

  /// What it means that nobody answered.
  /// - Parameters:
  ///   - host: who was asked, as it is shown.
  ///   - detail: what the network said; it may repeat what was sent.
  borrowing func unreachable(
    _ cause: Diagnosis.Cause, host: String?, detail: String?, isCheck: Bool = true
  ) -> Diagnosis {
    let clean = detail.flatMap { detail in
      detail.withBytes { Redactor.clean($0, from: sources) }
    }
    let fields = host.flatMap { sources.fieldsTyped(into: $0) }
    return .unreachable(cause, host: host, detail: clean, fields: fields, isCheck: isCheck)
  }

  /// What an answer means of which the entry says nothing.
  borrowing func meaning(of answer: borrowing CheckAnswer) -> Diagnosis {
    AnswerReader(self).diagnosis(of: answer, from: sources)
  }
}
