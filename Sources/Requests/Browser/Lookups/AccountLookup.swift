internal import Basics
package import Drafts
package import ProviderFormat
internal import Secrets

/// Finds out about an account that was just linked, with its new token: settings that its requests need, and whose it is
/// (`LinkLookup`). Whatever comes of it, the account is linked. A state machine like `CheckSession`: it does no input or
/// output itself.
package struct AccountLookup: ~Copyable {
  /// What the session wants next.
  package enum Action: ~Copyable {
    case send(PreparedRequest)
    case done
  }

  /// In characters: what is told of all that is possible.
  private static let longestNames = 500

  private var context: CheckContext
  private let steps: [LinkLookup]
  private var index = 0
  private var isWaiting = false
  private var host: String?
  private let choice: ElementChoice
  /// What was found, by setting, in the order in which it was.
  private var found = SecretMap<String>()
  /// Settings of which several values are possible, and what those are called.
  private var possible: [String: String] = [:]
  private var hasAnswered = false
  /// Why something could not be found out.
  private var failure: Diagnosis?

  /// - Parameter linked: what requests of the account are made of: what was typed, and what the link gave.
  package init(
    _ linked: consuming Submission, token: borrowing TokenSet?, at replay: ReplayContext? = nil
  ) {
    steps = LinkLookup.of(linked.provider)
    var sources = TemplateContext(of: linked, sentAt: replay)
    switch token {
    case .some(let token): token.restore(in: &sources)
    case nil: break
    }
    choice = ElementChoice(sources)
    context = CheckContext(sources)
  }

  /// Whether there is anything to find out about accounts of a provider.
  package static func isKnown(_ provider: Provider) -> Bool {
    LinkLookup.of(provider).contains {
      $0.request != nil || !$0.claims.isEmpty || !$0.rests.isEmpty
    }
  }

  /// The next request, or the end.
  package mutating func next() -> Action {
    while index < steps.count {
      let step = steps[index]
      takeKnown(of: step)
      // What a placeholder of it stands for was not found: there is nothing to ask.
      if let declared = step.request, let request = request(declared) {
        host = request.origin.description
        isWaiting = true
        return .send(request)
      }
      index += 1
    }
    return .done
  }

  /// Takes the answer to the request that `next` gave last.
  package mutating func receive(_ answer: borrowing CheckAnswer) {
    guard let step = answered() else { return }
    let meaning = context.meaning(of: answer)
    guard answer.isSuccess, meaning.isAccepted else { return bear(meaning) }
    hasAnswered = true
    context.facts.read(step.facts, in: answer, from: context.sources)
    let elements = choice.elements(of: answer, for: step)
    if step.list != nil, elements.count > 1 { name(elements, of: answer, step) }
    guard let place = step.takesFirst ? elements.first : elements.only else { return }
    for setting in step.settings {
      if let value = AnswerPath(place + setting.path).text(in: answer) {
        keep(value, as: setting.setting)
      }
    }
    for part in step.parts {
      let value = AnswerPath(place + part.source).text(in: answer)
      if let rest = value?.withBytes({ $0.rest(behind: part.words) }) ?? nil {
        keep(rest, as: part.setting)
      }
    }
    if let name = step.name, context.facts.organization == nil {
      context.facts.read(
        [.init(fact: .organization, path: place + name)], in: answer, from: context.sources)
    }
  }

  /// The request could not be sent, or its answer could not be read.
  package mutating func fail(_ cause: Diagnosis.Cause, detail: String?) {
    guard answered() != nil else { return }
    bear(context.unreachable(cause, host: host, detail: detail, isCheck: false))
  }

  /// Gives the account what was found. What was typed, or came with the link, stays; of what several are possible each is
  /// named in the diagnosis.
  package mutating func complete(_ account: inout LinkedAccount) {
    for name in found.keys {
      if let value = found.duplicate(of: name) { account.settings.set(name, to: value) }
    }
    guard hasAnswered || failure != nil else { return }
    let known = account.diagnosis
    var diagnosis =
      known
      ?? Diagnosis(
        kind: .accepted, sentence: "\(context.general.name) gave access to the account.")
    if let failure {
      diagnosis.sentence += " Not all could be found out about it: \(failure.sentence)"
      diagnosis.nextStep = failure.nextStep
      diagnosis.providerSays = failure.providerSays
    }
    if !possible.isEmpty {
      let names = possible.keys.sorted().joined(separator: ", ")
      diagnosis.sentence += " More than one \(names) is possible."
    }
    diagnosis.host = host
    diagnosis.metadata = possible
    context.facts.apply(to: &diagnosis)
    diagnosis.account = diagnosis.account ?? known?.account
    account.diagnosis = diagnosis
  }

  // MARK: Steps

  /// What does not have to be asked.
  private mutating func takeKnown(of step: LinkLookup) {
    for finding in step.claims {
      if let value = choice.claim(finding.path) { keep(value, as: finding.setting) }
    }
    for rest in step.rests {
      let id = Field.ID(.connectionConfig, rest.source)
      let value = context.sources.values.withBytes(of: id) { $0.rest(behind: rest.words) }
      if let value { keep(value, as: rest.setting) }
    }
  }

  private mutating func request(_ step: UsherExtension.CheckStep) -> PreparedRequest? {
    let builder = context.builder
    guard let plan = try? builder.plan(for: step, context.sources) else { return nil }
    return try? builder.build(plan, from: &context.sources)
  }

  private mutating func answered() -> LinkLookup? {
    guard isWaiting, index < steps.count else { return nil }
    isWaiting = false
    index += 1
    return steps[index - 1]
  }

  private mutating func bear(_ diagnosis: Diagnosis) { failure = failure ?? diagnosis }

  private mutating func keep(_ value: consuming SecretBuffer, as setting: String) {
    let id = Field.ID(.connectionConfig, setting)
    let isTyped = context.sources.values.withBytes(of: id) { !$0.isEmpty }
    guard !isTyped, !value.isEmpty else { return }
    found.set(setting, to: value.duplicate())
    context.sources.settle(id, to: value)
  }

  private mutating func name(
    _ places: [String], of answer: borrowing CheckAnswer, _ step: LinkLookup
  ) {
    guard let setting = step.settings.first else { return }
    let names = places.prefix(ElementChoice.mostNamed).compactMap { place -> String? in
      guard let value = text(place + setting.path, answer) else { return nil }
      let name = step.name.flatMap { text(place + $0, answer) }
      return name.map { "\(value) (\($0))" } ?? value
    }
    let more = places.count - names.count
    let all = names.joined(separator: ", ") + (more > 0 ? ", …" : "")
    possible[setting.setting] = PrintableText.cut(all, atMost: Self.longestNames)
  }

  private func text(_ path: String, _ answer: borrowing CheckAnswer) -> String? {
    AnswerPath(path).text(in: answer)?.withBytes { Redactor.clean($0, from: context.sources) }
  }
}

extension Array {
  fileprivate var only: Element? { count == 1 ? first : nil }
}

extension RawSpan {
  /// What stands behind some words, up to a slash; nil where they do not occur, or nothing does.
  fileprivate func rest(behind words: String) -> SecretBuffer? {
    guard let start = firstOffset(of: words.utf8).map({ $0 + words.utf8.count }) else { return nil }
    let end = firstOffset(from: start) { $0 == UInt8(ascii: "/") } ?? byteCount
    return start < end ? SecretBuffer(copying: extracting(start..<end)) : nil
  }
}
