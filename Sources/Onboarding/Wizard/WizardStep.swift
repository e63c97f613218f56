internal import Catalogues
internal import GuideText
internal import ProviderFormat

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

  /// The stages of a form: one for each step of its guide, behind one for the settings where there are any. Where there
  /// is no guide, or one without steps, a generated step asks for everything. A last step that sends the reader to the form
  /// of another program is none: the review is what comes then. Fields that are asked there keep a step of their own.
  static func all(of form: Form) -> [WizardStep] {
    let guide = form.guide ?? .generated(for: form.provider)
    let steps = guide.steps.isEmpty ? Guide.generated(for: form.provider).steps : guide.steps
    // A browser's flow takes no values: asking for them would promise what cannot be kept.
    let asked =
      form.provider.authMode.isFormBased
      ? form.fields.filter { $0.isPrompted && (!$0.isSetting || $0.step != nil) } : []
    var stages = steps.enumerated().map { index, step in
      WizardStep(
        title: step.title.isEmpty ? step.heading : step.title,
        blocks: guide.steps.isEmpty ? step.blocks : guide.blocksBesideForm(ofStep: index),
        fields: asked.filter { min($0.step ?? steps.count, steps.count - 1) == index },
        guideStep: index)
    }
    if guide.formStep != nil { stages.mergeFormStep() }
    stages[0].blocks = guide.instructions + stages[0].blocks
    for section in guide.extras where section.isAfterSteps {
      stages[stages.count - 1].blocks +=
        [.heading(level: section.level, [.text(section.heading)])] + section.blocks
    }
    return settings(of: form) + stages
  }

  private static func settings(of form: Form) -> [WizardStep] {
    let settings = form.fields.filter { $0.isPrompted && $0.isSetting && $0.step == nil }
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
