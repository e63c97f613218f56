internal import Basics
internal import Connections
internal import Projects
internal import Secrets

/// What a project needs, and how each of it is. Enter on the action links what is missing, one after the other; Enter on
/// a row links that one.
struct SetupScreen: ChoosingScreen {
  private let survey: ProjectSurvey
  /// Whether what is optional is linked after the rest, too.
  private let asksForOptional: Bool
  private let now: Timestamp
  /// The rows from the top, then the action.
  private var choice: Choice
  private var notice: Notice?

  init(_ survey: ProjectSurvey, asksForOptional: Bool, at now: Timestamp) {
    self.survey = survey
    self.asksForOptional = asksForOptional
    self.now = now
    choice = Choice(survey.entries.count)
  }

  var isTyping: Bool { false }

  mutating func handle(_ input: Input) -> Request {
    notice = nil
    switch input {
    case .edit: return .stay
    case .command(.activate): return activate()
    case .command(.scroll(.top)):
      choice = Choice()
      return .stay
    case .command(.scroll(.bottom)):
      choice = Choice(survey.entries.count)
      return .stay
    case .command(let command):
      return choice.move(command, count: survey.entries.count + 1) ? .stay : command.commonRequest
    }
  }

  /// Nothing is typed here.
  mutating func receive(_ text: borrowing SecretBuffer, _ origin: TextOrigin) -> Request { .stay }

  mutating func select(_ control: NumberedControl) {
    switch control {
    case .action: choice = Choice(survey.entries.count)
    case .row(let number): choice.select(number, count: survey.entries.count)
    }
  }

  mutating func report(_ notice: Notice) { self.notice = notice }

  func page() -> Page {
    var page = summary
    page.notice = notice
    page.actions = [Page.Action(label)]
    page.rowDeed = "link that one"
    page.selectedAction = selected == nil ? 0 : nil
    page.keys = [
      KeyHint(.activate, hint, brief: "select", weight: 9),
      KeyHint(.move(.up), .move(.down), "choose", weight: 8),
      KeyHint(.back, "leave", weight: 10), KeyHint(.help, "help", weight: 5),
    ]
    return page
  }

  /// How things are at the end, with nothing to choose any more.
  static func closingPage(of survey: ProjectSurvey, at now: Timestamp) -> Page {
    var screen = SetupScreen(survey, asksForOptional: true, at: now)
    screen.choice = Choice(survey.entries.count)
    return screen.summary
  }

  private var summary: Page {
    let count = survey.entries.count
    var page = Page(
      header: .init(position: "\(survey.countOfLinked) of \(count) linked"),
      title: "What \(file) needs")
    page.items = [.list(rows)]
    page.items.insert(contentsOf: verdict, at: 0)
    return page
  }

  /// The file as it was named, or its name alone where that would be longer than a line of a small window.
  private var file: String {
    if survey.file.count <= 24 { return survey.file }
    return survey.file.split(separator: "/").last.map(String.init) ?? survey.file
  }

  // MARK: What can be done

  private var selected: ProjectSurvey.Entry? {
    survey.entries.indices.contains(choice.index) ? survey.entries[choice.index] : nil
  }

  /// What the action links, in this order: what is required, then what is optional where that is asked for.
  private var open: (entries: [ProjectSurvey.Entry], isOptional: Bool) {
    let required = survey.open(required: true)
    guard required.isEmpty, asksForOptional else { return (required, false) }
    return (survey.open(required: false), true)
  }

  private mutating func activate() -> Request {
    guard let selected else {
      return open.entries.first.map { .declared($0.need.name) } ?? .finish
    }
    switch selected.standing {
    case .open: return .declared(selected.need.name)
    case .there where selected.endsSoon: return .declared(selected.need.name)
    case .there:
      notice = Notice(
        .note, "\(selected.need.name) is linked already, and nothing speaks against it.")
    case .unreadable:
      notice = Notice(.failed, "\(selected.need.name) cannot be read. usher doctor says why.")
    case .sealed:
      notice = Notice(
        .warning, "\(selected.need.name) is linked, and sealed: this machine cannot open it.")
    }
    return .stay
  }

  private var hint: String {
    guard let selected else { return label.withoutCapital }
    switch selected.standing {
    case .open: return selected.status == nil ? "link it" : "link it again"
    case .there: return selected.endsSoon ? "link it again" : "say more"
    case .unreadable, .sealed: return "say why"
    }
  }

  private var label: String {
    let (entries, isOptional) = open
    if entries.isEmpty { return "Finish" }
    let areMissing = entries.allSatisfy { $0.status == nil }
    if entries.count == 1 {
      if !areMissing { return "Link \(entries[0].label) again" }
      return isOptional ? "Link the optional one" : "Link the one that is missing"
    }
    if isOptional { return "Link the \(entries.count) optional ones" }
    return areMissing
      ? "Link the \(entries.count) that are missing" : "Link the \(entries.count) that need it"
  }

  // MARK: What is said

  private var verdict: [Page.Item] {
    let optional = survey.open(required: false).count
    switch survey.verdict {
    case .open:
      let count = survey.open(required: true).count
      return [
        .paragraph(
          "\(Sentences.count(count, "connection")) \(count == 1 ? "has" : "have") to be linked. "
            + "You can leave at any moment and go on later."
        )
      ]
    case .complete:
      let rest = optional == 0 || asksForOptional ? "" : " Choose a row to link what is optional."
      return [.status(Notice(.done, "All that is required is linked.\(rest)"))]
    case .unreadable:
      return [.status(Notice(.failed, "A record cannot be read: usher doctor says why."))]
    case .sealed:
      let why = survey.obstacle.map { " " + Sentences.paragraph($0.explanation) } ?? ""
      return [.status(Notice(.warning, "What is sealed cannot be told about here.\(why)"))]
    }
  }

  private var rows: [Page.Row] {
    survey.entries.enumerated().map { index, entry in
      Page.Row(
        entry.label, detail: entry.detail, notice: entry.notice(at: now),
        isSelected: index == choice.index)
    }
  }
}

extension ProjectSurvey.Entry {
  /// Whether it is there and will not be for long.
  fileprivate var endsSoon: Bool {
    if case .expiring = status?.state { true } else { false }
  }

  /// Whose it is, and what for.
  fileprivate var detail: String {
    let parts = [status?.summary?.finding?.account, need.why].compactMap(\.self)
    return parts.isEmpty ? need.name.description : parts.joined(separator: " · ")
  }

  /// How it is, in few words.
  fileprivate func notice(at now: Timestamp) -> Notice {
    switch status?.state {
    case nil where need.isRequired: Notice(.warning, "missing")
    case nil: Notice(.note, "optional")
    case .refused: Notice(.failed, "refused")
    case .ended(let moment): Notice(.failed, "ended \(moment.relative(to: now))")
    case .unreadable: Notice(.failed, "cannot be read")
    case .expiring(let moment): Notice(.warning, "expires \(moment.relative(to: now))")
    case .notChecked: Notice(.done, "linked, not checked")
    case .good, .renewsItself: Notice(.done, "linked")
    case .sealed: Notice(.note, "sealed")
    }
  }
}
