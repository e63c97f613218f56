internal import Basics
internal import Catalogues
internal import Connections
internal import Drafts
internal import GuideText
internal import ProviderFormat
internal import Requests
internal import Secrets

/// One provider on its way to being linked: what is asked, what was typed, and what came of it.
struct LinkSession: ~Copyable {
  let options: WizardOptions
  /// Whether Back leads out of the wizard from the first screen: no choosing comes before it.
  let isFirst: Bool
  let form: Form
  let stages: [WizardStep]
  /// Whether somebody has written a guide for it.
  let hasOwnGuide: Bool
  /// Whether all of it is one page: guide, field, and what Enter does.
  let isOnePage: Bool
  /// Providers of the same service that a form finishes, where this one needs a person's consent.
  let alternatives: [CatalogueEntry]
  /// Where the guide was fetched from; nil for one that was not.
  let source: GuideSource?
  /// The connection whose values are to give way to others; nil for a new one.
  let replacement: Replacement?
  /// Values of that connection that it begins with.
  let known: SecretValues?
  /// Where the user is.
  var screen = Screen.before(BeforeScreen())
  var draft: Draft
  var name: ConnectionName
  var isReplacing: Bool
  /// How many fields an earlier session filled in.
  var resumed: Int
  /// What the last check found out.
  var diagnosis: Diagnosis?
  var checked: Timestamp?
  /// What may be said of the values while they are edited.
  var marks = EditingMarks()
  /// What the provider said of these very values when it did not accept them; nil as soon as one is changed.
  var refusal: Diagnosis?
  /// Whether the user wants the values stored though they belong to another account than those that give way.
  var acceptsOther = false
  /// What is to be said of the values that gave way, once others are stored.
  var aftermath = Aftermath()
  /// When the values end, as the user says; nil where they said nothing of it.
  var end: ChosenEnd?
  /// Names that are taken though the list of what is linked does not know of them yet.
  private var taken: Set<ConnectionName> = []
  /// The environment variables that `usher run` hands the stored values over in.
  var variables: [String] = []
  /// The key that opens the new store besides this machine's; nil for none.
  var secondKey: String?
  /// What comes after it, once it is stored; nil where the wizard ends then.
  var sequel: Sequel?
  /// Where it stands among what a project needs; nil where the session is about something else.
  var projectPlace: ProjectPlace?
  /// Who is asked whether the values are good.
  let checkedBy: CheckedBy
  /// What linking with a person's consent has come to.
  var linking: Linking
  /// The moment of the event that is being handled.
  var now: ContinuousClock.Instant
  /// When the visit began, which `options.now` is the day and hour of.
  private let began: ContinuousClock.Instant
  /// The most fields that the window can show together; nil where everything is said.
  var mostFields: Int?
  private let cache = StepCache()

  init(
    _ opening: consuming Opening, options: WizardOptions, isFirst: Bool,
    at now: ContinuousClock.Instant
  ) {
    self.options = options
    self.isFirst = isFirst
    self.now = now
    began = now
    form = opening.form
    hasOwnGuide = opening.form.hasOwnGuide
    name = opening.name
    isOnePage = WizardStep.isOnePage(opening.form)
    replacement = opening.replacement
    linking = Linking(
      opening.form.provider, applications: opening.applications, client: opening.client.take(),
      scopeNames: opening.scopeNames, options: options, replacing: opening.replacement)
    let newName =
      options.application ?? opening.replacement?.facts.application
      ?? ApplicationName(opening.form.provider.slug)
    stages =
      isOnePage
      ? [WizardStep.onePage(of: opening.form, replacing: opening.replacement?.facts.name)]
      : LinkSession.stages(
        of: opening.form, linking.way, callback: options.link.callback,
        name: options.freeName(of: newName, for: opening))
    checkedBy = CheckedBy(opening.form)
    alternatives = opening.alternatives
    source = opening.source
    isReplacing = options.replaces || opening.replacement != nil
    let known = opening.known.take()
    let kept = opening.kept.take()
    switch kept {
    case .some(let kept): resumed = kept.keys.count
    case nil: resumed = 0
    }
    draft = LinkSession.draft(of: form, known: known, kept: kept)
    self.known = consume known
    end = options.end
    acceptKnown()
    preset()
    // Whoever has begun to type another application goes on with it.
    if resumed > 0, wantedApplication == nil, form.needsApplication,
      draft.state(of: OAuthClient.idField).characters > 0
    {
      linking.use(nil)
    }
  }

  var provider: Provider { form.provider }
  /// Whether a person's consent is needed, wherever that is given.
  var needsConsent: Bool { linking.way != nil }
  /// Whether it cannot be linked here.
  var isImpossible: Bool {
    if case .impossible = linking.way { true } else { false }
  }

  /// The day and hour of the event that is being handled.
  var moment: Timestamp {
    let seconds = (now - began).components.seconds
    return Timestamp(secondsSinceEpoch: options.now.secondsSinceEpoch + seconds)
  }

  /// What is linked under the connection's name already.
  var existing: ConnectionIndexEntry? {
    let name = name
    return options.linked.first { $0.name == name }
  }

  /// Whether the connection's name is somebody's already.
  var isNameTaken: Bool { isTaken(name) }

  func isTaken(_ name: ConnectionName) -> Bool {
    taken.contains(name) || options.linked.contains { $0.name == name }
  }

  /// The store says that it is.
  mutating func learnTaken(_ name: ConnectionName) { taken.insert(name) }

  /// The name itself where it is free, else the first of `2`, `3` … that is.
  var freeName: ConnectionName {
    var name = name
    var number = 2
    while isTaken(name), let next = ConnectionName(provider: name.provider, name: "\(number)") {
      name = next
      number += 1
    }
    return name
  }

  /// Another name, under which nothing was allowed to be replaced yet.
  mutating func rename(to name: ConnectionName) {
    self.name = name
    isReplacing = options.replaces
  }

  /// Throws away what an earlier session left.
  mutating func startAfresh() {
    resumed = 0
    marks.startOver()
    refusal = nil
    draft = LinkSession.draft(of: form, known: known, kept: nil)
    let client = linking.client.take()
    linking = Linking(
      provider, applications: linking.applications, client: client,
      scopeNames: linking.scopeNames, options: options, replacing: replacement)
    acceptKnown()
    preset()
  }

  private mutating func preset() {
    for field in form.fields {
      if let text = options.presets[field.id] { draft.set(text, for: field.id) }
    }
  }

  /// The fields of a step that are shown at the moment.
  borrowing func fields(of stage: Int) -> StepFields {
    cache.fields(of: stage, draft.shown) {
      var shown: [FormField] = []
      for field in stages[stage].fields where draft.isShown(field.id) { shown.append(field) }
      return shown
    }
  }

  /// What the guide of a step points to.
  borrowing func references(of stage: Int) -> References {
    cache.references(of: stage) { References([.guide(stages[stage].blocks)]) }
  }

  /// Every field that is shown, in the order of the steps.
  borrowing func shownFields() -> [FormField] {
    var shown: [FormField] = []
    for stage in stages where !isSkipped(stage) {
      for field in stage.fields where draft.isShown(field.id) { shown.append(field) }
    }
    return shown
  }

  /// What a field is called at the moment; nil when the form has none of that kind.
  borrowing func label(of field: Field.ID) -> String? {
    draft.field(field).map { draft.label(of: $0) }
  }

  /// The step of the guide that a link inside it leads to.
  func guideStep(for fragment: String) -> Int? {
    guard let guide = form.guide, !guide.steps.isEmpty else { return nil }
    return guide.step(for: fragment)?.index
  }

  /// The page of a step of the guide. The settings of an integration come before all of them.
  func stage(ofStep number: Int) -> Int {
    if isOnePage { return 0 }
    return stages.firstIndex { $0.guideStep == number } ?? stages.count - 1
  }

  /// Where a step of the guide begins on the page that holds all of them; nil where each has a page of its own.
  func beginning(ofStep number: Int) -> Int? {
    isOnePage ? stages[0].beginnings[number] : nil
  }

  /// The step that asks for the first value that is missing or not right, and that value; nil when all of them are there.
  borrowing func firstGap() -> FieldPlace? {
    switch linking.chosen {
    case nil: return draft.firstBlocked().flatMap { place(of: $0) }
    case .some:
      // The values of a kept application are not among those that are typed.
      let gap = shownFields().first { draft.state(of: $0.id).isBlocked }
      return gap.flatMap { place(of: $0.id) }
    }
  }

  func place(of field: Field.ID) -> FieldPlace? {
    let stage = stages.firstIndex { $0.fields.contains { $0.id == field } }
    return stage.map { FieldPlace(stage: $0, field: field) }
  }
}
