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
  /// Providers of the same service that a form finishes, where this one needs a browser.
  let alternatives: [CatalogueEntry]
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
  /// Fields whose value is finished for now: pasted, left, or confirmed with Enter. Only of these are findings and the
  /// last two characters shown. While a key is typed by hand, showing its end at every stroke would show it whole.
  private var settled: Set<Field.ID> = []
  /// What the last edit of a field could not do.
  private var remark: (field: Field.ID, notice: Notice)?
  /// The moment of the event that is being handled.
  var now: ContinuousClock.Instant

  init(
    _ opening: consuming Opening, options: WizardOptions, isFirst: Bool,
    at now: ContinuousClock.Instant
  ) {
    self.options = options
    self.isFirst = isFirst
    self.now = now
    form = opening.form
    name = opening.name
    stages = WizardStep.all(of: opening.form)
    alternatives = opening.alternatives
    isReplacing = options.replaces
    resumed = 0
    if let kept = opening.kept.take() {
      resumed = kept.keys.count
      draft = Draft(form: form, resuming: kept)
    } else {
      draft = Draft(form: form)
    }
    preset()
  }

  var provider: Provider { form.provider }
  var needsBrowser: Bool { !provider.authMode.isFormBased }

  /// What is linked under the connection's name already.
  var existing: ConnectionIndexEntry? {
    let name = name
    return options.linked.first { $0.name == name }
  }

  /// Another name, under which nothing was allowed to be replaced yet.
  mutating func take(_ name: ConnectionName) {
    self.name = name
    isReplacing = options.replaces
  }

  /// Throws away what an earlier session left.
  mutating func startAfresh() {
    resumed = 0
    settled = []
    draft = Draft(form: form)
    preset()
  }

  private mutating func preset() {
    for field in form.fields {
      if let text = options.presets[field.id] { draft.set(text, for: field.id) }
    }
  }

  /// The fields of a step that are shown at the moment.
  borrowing func fields(of stage: Int) -> [FormField] {
    var shown: [FormField] = []
    for field in stages[stage].fields where draft.isShown(field.id) { shown.append(field) }
    return shown
  }

  /// Every field that is shown, in the order of the steps.
  borrowing func shownFields() -> [FormField] {
    var shown: [FormField] = []
    for stage in stages.indices { shown += fields(of: stage) }
    return shown
  }

  /// What a field is called at the moment; nil when the form has none of that kind.
  borrowing func label(of field: Field.ID) -> String? {
    form.fields.first { $0.id == field }.map { draft.label(of: $0) }
  }

  /// The step that a link inside the guide leads to.
  func stage(for fragment: String) -> Int? {
    guard let guide = form.guide, !guide.steps.isEmpty, let found = guide.step(for: fragment) else {
      return nil
    }
    return stages.firstIndex { $0.guideStep == found.index }
  }

  func place(of field: Field.ID) -> FieldPlace? {
    let stage = stages.firstIndex { $0.fields.contains { $0.id == field } }
    return stage.map { FieldPlace(stage: $0, field: field) }
  }
}

/// Editing. The draft does the work; the visit remembers what may be said of it.
extension LinkSession {
  mutating func edit(_ edit: Edit, in field: Field.ID) {
    switch edit {
    case .insert(let scalar): note(draft.type(scalar, into: field), in: field, settles: false)
    case .erase(let what):
      draft.erase(what, in: field)
      note(.done, in: field, settles: false)
    case .move(let move): draft.moveCaret(move, in: field)
    }
  }

  mutating func paste(_ pasted: borrowing SecretBuffer, isCut: Bool, into field: Field.ID) {
    if isCut {
      let notice = Notice(
        .failed, "The paste was longer than any value may be. Nothing of it was used.")
      remark = (field, notice)
      return
    }
    let result = draft.paste(pasted, into: field)
    note(result, in: field, settles: true)
    if result == .ignored {
      remark = (field, Notice(.warning, "There was nothing in the paste that fits here."))
    }
  }

  /// A file in place of the value.
  mutating func take(_ file: borrowing KeyFile, into field: Field.ID) {
    let result = draft.replace(with: file.content, in: field)
    note(result, in: field, settles: true)
    if result == .ignored {
      remark = (field, Notice(.warning, "There was nothing in the file that fits here."))
    } else if result == .done, file.isReadableByOthers {
      let sentence =
        "Other accounts of this machine may read that file. Take that right away (chmod 600), or "
        + "delete the file when the account is linked."
      remark = (field, Notice(.warning, sentence))
    }
  }

  mutating func choose(_ text: String, for field: Field.ID) {
    draft.set(text, for: field)
    note(.done, in: field, settles: true)
  }

  /// The field is left, or the user says that it is finished.
  mutating func settle(_ field: Field.ID) { settled.insert(field) }

  borrowing func isSettled(_ field: Field.ID) -> Bool { settled.contains(field) }

  borrowing func remark(on field: Field.ID) -> Notice? {
    guard let remark, remark.field == field else { return nil }
    return remark.notice
  }

  private mutating func note(_ result: EditResult, in field: Field.ID, settles: Bool) {
    remark = nil
    switch result {
    case .done:
      if settles { settled.insert(field) } else { settled.remove(field) }
    case .full(let limit):
      let sentence =
        "A value has room for \(limit / 1024) KiB. This would be more; nothing was added."
      remark = (field, Notice(.failed, sentence))
    case .ignored: break
    }
  }
}

/// What comes of a check.
extension LinkSession {
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
    ConnectionRecord(
      name: name, submission: draft.submission(), diagnosis: diagnosis, checked: checked,
      now: options.now)
  }
}
