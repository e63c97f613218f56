import Basics
import Connections
import Drafts
import Onboarding
import ProviderFormat
import Requests
import Secrets
import TerminalUI

/// Walks through a wizard, key by key, with a clock of its own.
final class Walk {
  /// What an effect was, without what cannot be compared.
  enum Seen: Equatable {
    case none
    case open(String)
    case openReplacement(ConnectionName)
    case revokeFormer(ConnectionName)
    case cancelRevocation
    case openDeclared(ConnectionName)
    case unlock(characters: Int)
    case addReader(String)
    case survey
    case refreshGuide(String)
    case check(fields: [Field.ID])
    case cancelCheck
    case cancelSave
    case save(ConnectionName, fields: [Field.ID], replacing: Bool, checked: Diagnosis.Kind?)
    case copy(String)
    case read(String)
    case suspend
    case saveDraft(ConnectionName, fields: [Field.ID])
    case loadApplication(String)
    case listen(at: String)
    case perform(LinkJob.Kind)
    case cancelLink
    case leave(Outcome, forgetting: ConnectionName?)
  }

  private var wizard: Wizard
  /// A fifth of a second passes before every key: a person types.
  var pause = Duration.milliseconds(200)
  private(set) var now: ContinuousClock.Instant
  /// The facts of the record that was handed out last to be stored.
  private(set) var saved: ConnectionFacts?
  /// Whether tokens that were got with it before are kept.
  private(set) var keptToken = false
  /// The name under which the values of the last check were to be sealed before it.
  private(set) var keptAs: ConnectionName?
  private(set) var size = Size(columns: 80, rows: 24)
  /// Whether the record that was handed out last came with tokens, and with which application to keep.
  private(set) var savedToken = false
  private(set) var savedApplication: ApplicationFacts?
  /// The client that the last job of a link goes by; empty where it has none.
  private(set) var askedClient: String?
  /// The fields that were to be sealed before the last errand.
  private(set) var keptFields: [Field.ID]?

  init(_ wizard: consuming Wizard, at start: ContinuousClock.Instant = .now) {
    self.wizard = wizard
    now = start
  }

  /// A walk through one provider's screens.
  static func through(_ form: Form, options: WizardOptions = Samples.options()) -> Walk {
    Walk(Wizard(Samples.opening(form), options: options))
  }

  /// A walk through what takes the place of other values; see `Samples.replacement`.
  static func replacing(
    _ form: Form, _ purpose: Replacement.Purpose = .replace, account: String? = nil,
    known: [Field.ID: String] = [:], revocation: RevocationWay? = nil,
    options: WizardOptions = Samples.options()
  ) -> Walk {
    Walk(
      Wizard(
        Samples.replacement(
          of: form, purpose, account: account, known: known, revocation: revocation),
        options: options))
  }

  static func fromTheIndex(options: WizardOptions = Samples.options()) -> Walk {
    Walk(Wizard(choosingFrom: Samples.index, options: options))
  }

  var page: Page { wizard.page() }
  var title: String { page.title }
  var deadline: ContinuousClock.Instant? { wizard.deadline }
  var canvas: Canvas { PageLayout.canvas(wizard.page(), in: size) }
  /// The same as the loop draws it: with what is kept of the screens before.
  var keptCanvas: Canvas { wizard.canvas(in: size) }
  var focused: FieldView? { page.fields.first(where: \.isFocused) }

  @discardableResult
  func press(_ keys: Key...) -> Seen {
    var seen = Seen.none
    for key in keys {
      now += pause
      seen = send(.key(key))
    }
    return seen
  }

  func type(_ text: String) {
    for scalar in text.unicodeScalars { press(.character(scalar)) }
  }

  func paste(_ text: String, isCut: Bool = false) {
    now += pause
    send(.paste(SecretBuffer(text), isCut: isCut))
  }

  func wait(_ time: Duration) {
    now += time
    send(.tick)
  }

  func resize(_ columns: Int, _ rows: Int) {
    size = Size(columns: columns, rows: rows)
    send(.resized(size))
  }

  /// The page's notices of the focused field, and of the page itself.
  var said: [String] {
    page.fields.flatMap { $0.notices.map(\.sentence) } + [page.notice?.sentence].compactMap { $0 }
  }

  @discardableResult
  func send(_ event: consuming Event) -> Seen {
    switch wizard.handle(event, at: now) {
    case .none: return .none
    case .open(let slug): return .open(slug)
    case .openReplacement(let name): return .openReplacement(name)
    case .revokeFormer(let name): return .revokeFormer(name)
    case .cancelRevocation: return .cancelRevocation
    case .openDeclared(let name): return .openDeclared(name)
    case .unlock(let passphrase): return .unlock(characters: passphrase.count)
    case .addReader(let recipient): return .addReader(recipient)
    case .survey: return .survey
    case .refreshGuide(let slug): return .refreshGuide(slug)
    case .check(let order):
      keptAs = order.keptAs
      return .check(fields: order.submission.values.keys)
    case .cancelCheck: return .cancelCheck
    case .cancelSave: return .cancelSave
    case .save(let order):
      let facts = order.record.facts
      saved = facts
      keptToken = order.keepsToken
      savedToken =
        switch order.token {
        case .some: true
        case nil: false
        }
      savedApplication =
        switch order.application {
        case .some(let application): application.facts
        case nil: nil
        }
      return .save(
        facts.name, fields: order.record.values.keys, replacing: order.isReplacing,
        checked: facts.diagnosis?.kind)
    case .loadApplication(let name): return .loadApplication(name.description)
    case .cancelLink: return .cancelLink
    case .link(let errand):
      keptFields =
        switch errand.draft {
        case .some(let draft): draft.values.values.keys
        case nil: nil
        }
      switch errand.deed {
      case .listen(let matcher): return .listen(at: matcher.callback.address)
      case .perform(let job):
        askedClient = job.flow.submission.values.withBytes(of: OAuthClient.idField) {
          $0.shownText
        }
        return .perform(job.kind)
      }
    case .copy(let url): return .copy(url)
    case .read(let path): return .read(path)
    case .suspend: return .suspend
    case .saveDraft(let draft):
      return .saveDraft(draft.name, fields: draft.values.values.keys)
    case .leave(let outcome, let forgetting): return .leave(outcome, forgetting: forgetting)
    }
  }
}

extension SecretBuffer {
  init(_ text: String) {
    self.init(capacity: max(SecretBuffer.lineCapacity, text.utf8.count))
    for byte in text.utf8 { append(byte) }
  }
}

/// Ways to certain screens, and answers to give there.
extension Walk {
  /// Tally, with its key typed and the review on the screen.
  /// - Parameter account: of the connection that is replaced; nil for a new one.
  static func toTheReview(
    options: WizardOptions = Samples.options(), replacing account: String? = nil
  ) -> Walk {
    var opening = Samples.opening(Samples.tally)
    if let account { opening.replace(accountOf: account) }
    let walk = Walk(Wizard(opening, options: options))
    walk.press(.enter, .enter)
    walk.paste(Samples.tallyKey)
    walk.press(.enter)
    return walk
  }

  @discardableResult
  func answer(_ kind: Diagnosis.Kind, _ sentence: String = "", next: String = "") -> Seen {
    var diagnosis = Diagnosis(kind: kind, sentence: sentence, nextStep: next)
    diagnosis.host = "api.tally.so"
    return send(.checked(diagnosis, Samples.now))
  }

  static func accepted(by account: String = "Jane Doe, jane@example.com") -> Diagnosis {
    var diagnosis = Diagnosis(kind: .accepted, sentence: "Tally accepts the key.")
    diagnosis.host = "api.tally.so"
    diagnosis.account = account
    diagnosis.organization = "Example Ltd"
    diagnosis.expires = Timestamp(secondsSinceEpoch: Samples.now.secondsSinceEpoch + 90 * 86_400)
    return diagnosis
  }

  /// The same of a provider that does not say when a key ends.
  static var acceptedWithoutEnd: Diagnosis {
    var diagnosis = accepted()
    diagnosis.expires = nil
    return diagnosis
  }

  static func facts(_ diagnosis: Diagnosis?) -> ConnectionFacts {
    var facts = ConnectionFacts(
      name: ConnectionName(provider: "tally")!, created: Samples.now, changed: Samples.now)
    facts.diagnosis = diagnosis
    return facts
  }
}
