internal import Catalogues
internal import Connections
internal import GuideText
internal import ProviderFormat
internal import Requests

/// One step as the wizard shows it: a step of the guide with the fields that it explains.
struct WizardStep: Equatable {
  var title: String
  var blocks: [Block]
  /// In the order of the form. Whether a field is shown at the moment is the draft's affair.
  var fields: [FormField]
  /// The guide's step that this one is; nil for the settings.
  var guideStep: Int?
  /// Where each step of the guide begins among the passages of `blocks`, for a page that holds several of them.
  var beginnings: [Int: Int] = [:]
  /// Whether it asks for what belongs to an application, and so only where none is kept.
  var isApplication = false

  /// The stages of a form: one for each step of its guide, behind one for the settings where there are any. Where there
  /// is no guide, or one without steps, a generated step asks for everything. A last step that sends the reader to the form
  /// of another program is none: the review is what comes then. Fields that are asked there keep a step of their own.
  static func all(of form: Form) -> [WizardStep] {
    let guide = form.guide ?? .generated(for: form.provider)
    let steps = guide.steps.isEmpty ? Guide.generated(for: form.provider).steps : guide.steps
    let asked = asked(by: form)
    if !form.hasOwnGuide, !form.provider.authMode.isFormBased, !LinkWay.isImpossible(form.provider)
    {
      return asked.isEmpty ? [] : [values(asked, of: form.provider)]
    }
    let formStep = guide.formStep
    var stages = steps.enumerated().map { index, step in
      WizardStep(
        title: step.title.isEmpty ? step.heading : step.title,
        blocks: guide.steps.isEmpty
          ? step.blocks : guide.blocksBesideForm(ofStep: index, isForm: index == formStep),
        fields: asked.filter { min($0.step ?? steps.count, steps.count - 1) == index },
        guideStep: index)
    }
    if formStep != nil { stages.mergeFormStep() }
    stages[0].blocks = guide.instructions + stages[0].blocks
    for section in guide.extras where section.isAfterSteps {
      stages[stages.count - 1].blocks +=
        [.heading(level: section.level, [.text(section.heading)])] + section.blocks
    }
    return settings(of: form) + stages
  }

  /// What the steps ask for. What cannot be linked takes no values: asking for them would promise what cannot be kept.
  private static func asked(by form: Form) -> [FormField] {
    if LinkWay.isImpossible(form.provider) { return [] }
    return form.fields.filter { field in
      field.isPrompted && !form.isOfApplication(field) && (!field.isSetting || field.step != nil)
    }
  }

  private static func settings(of form: Form) -> [WizardStep] {
    let settings = form.fields.filter { field in
      field.isPrompted && field.isSetting && field.step == nil && !form.isOfApplication(field)
    }
    guard !settings.isEmpty else { return [] }
    let introduction =
      "These settings say how \(form.provider.displayName) is called. They belong to whoever runs the integration, "
      + "which is you; the account's own values are asked afterwards."
    return [
      WizardStep(
        title: "Settings", blocks: [.paragraph([.text(introduction)])], fields: settings)
    ]
  }
}

extension [WizardStep] {
  /// The last step is about another program's form. What it says besides goes to the step before, unless fields are asked
  /// on it.
  fileprivate mutating func mergeFormStep() {
    guard var last = popLast() else { return }
    if last.fields.isEmpty, !isEmpty {
      self[count - 1].blocks += last.blocks
      return
    }
    switch last.fields.count {
    case 0: last.title = "Nothing to enter"
    case 1: last.title = "Enter the \(last.fields[0].label)"
    default: last.title = "Enter the values"
    }
    append(last)
  }
}

/// Which step asks for a field.
struct FieldPlace: Equatable {
  var stage: Int
  var field: Field.ID
}
