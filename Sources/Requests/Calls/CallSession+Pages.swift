internal import Basics
internal import Drafts
internal import ProviderFormat
internal import Secrets

/// The pages of a list, one after the other.
extension CallSession {
  mutating func takePage(_ answer: borrowing CheckAnswer) {
    guard var sequence = pages, let origin else { return }
    if let diagnosis = fault(of: answer, in: sequence) {
      return finish(CallOutcome(status: answer.status, diagnosis: diagnosis))
    }
    // Nothing at all is a list that has ended.
    guard !answer.body.isEmpty else { return end(answer.status) }
    guard let written = sequence.document.add(answer) else {
      return finish(CallOutcome(status: answer.status, diagnosis: tooLong))
    }
    piece = .some(written)
    sequence.count += 1
    pages = sequence
    let next: APICall?
    do throws(PageTurn.Fault) {
      next = try sequence.turn.next(after: answer, to: call, at: origin)
    } catch {
      return finish(CallOutcome(status: answer.status, diagnosis: diagnosis(of: error)))
    }
    guard let next, sequence.begin(next) else { return end(answer.status) }
    guard sequence.count < sequence.most else { return end(answer.status, before: next) }
    (pages, call, stage) = (sequence, next, .ready)
    (attempt, hasRenewed) = (0, false)
  }

  /// - Parameter next: the page that is not asked for, because there are enough; nil behind the last one.
  private mutating func end(_ status: Int, before next: APICall? = nil) {
    var outcome = CallOutcome(status: status)
    outcome.continuation = next.flatMap { words(for: $0) }
    finish(outcome)
  }

  /// Adds the end of the document to what is still to be written.
  mutating func closePages(always: Bool) {
    guard let end = pages?.document.close(always: always) else { return }
    guard let begun = piece.take() else {
      piece = .some(end)
      return
    }
    var whole = SecretBuffer(capacity: begun.count + end.count)
    begun.withBytes { _ = whole.append($0) }
    end.withBytes { _ = whole.append($0) }
    piece = .some(whole)
  }

  /// Why a success is no page; nil when it is one.
  private func fault(of answer: borrowing CheckAnswer, in sequence: PageSequence) -> Diagnosis? {
    if answer.body.isEmpty || sequence.document.hasList(in: answer) { return nil }
    let reading = AnswerReader(context).read(answer, from: context.sources)
    let isJSON = PageDocument.canRead(answer)
    if isJSON, reading.meaning == .accepted { return nil }
    var diagnosis = CallDiagnosis(context).of(answer, at: origin, from: context.sources)
    if reading.meaning == .accepted {
      diagnosis = context.general.diagnosis(.unclear)
      diagnosis.cause = .badAnswer
      diagnosis.status = answer.status
      diagnosis.sentence =
        "\(context.general.name) answered \(answer.status), but not with JSON, which pages are put together of."
      diagnosis.nextStep = "Ask without --paginate."
    }
    return diagnosis
  }

  private var tooLong: Diagnosis {
    unreachable(
      .badAnswer, "it is longer than \(Self.pageLimit / 1024 / 1024) MiB", status: nil)
  }

  private func diagnosis(of fault: PageTurn.Fault) -> Diagnosis {
    var diagnosis = context.general.diagnosis(.unclear)
    diagnosis.host = origin?.description
    switch fault {
    case .noParameter: return Diagnosis(of: .noPages, for: context.provider)
    case .otherOrigin(let place):
      let place = place.flatMap { text in
        text.withBytes { Redactor.clean($0, from: context.sources) }
      }
      diagnosis.cause = .redirect
      diagnosis.sentence =
        "The next page is said to be at \(place ?? "no address at all"), and credentials are not sent to another place."
      diagnosis.nextStep = "Ask \(context.general.name) why its list goes on there."
    }
    return diagnosis
  }
}
