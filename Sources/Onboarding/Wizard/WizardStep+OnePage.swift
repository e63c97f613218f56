internal import Connections
internal import GuideText
internal import ProviderFormat

/// A form that asks for one thing needs no way through it: the whole guide stands on the page of its field.
extension WizardStep {
  /// Whether one page is enough. A field that only comes up with another one's value counts: it may come up.
  static func isOnePage(_ form: Form) -> Bool {
    form.provider.authMode.isFormBased && form.fields.filter(\.isPrompted).count == 1
  }

  /// All that the guide says, what is needed first, and the field.
  /// - Parameter connection: whose key it is to take the place of; nil for a new one.
  static func onePage(of form: Form, replacing connection: ConnectionName?) -> WizardStep {
    let steps = all(of: form)
    var blocks = introduction(of: form.guide)
    var beginnings: [Int: Int] = [:]
    // The step that is left of another program's form may have nothing to say.
    let isDivided = steps.count { !$0.blocks.isEmpty } > 1
    for (index, step) in steps.enumerated() {
      if let number = step.guideStep { beginnings[number] = blocks.spans().count }
      if isDivided, !step.blocks.isEmpty {
        blocks.append(.heading(level: 3, [.text("Step \(index + 1): \(step.title)")]))
      }
      blocks += step.blocks
    }
    return WizardStep(
      title: connection.map { "A new value for \($0)" } ?? "Link \(form.provider.displayName)",
      blocks: blocks + closing(of: form.guide),
      fields: steps.flatMap(\.fields), beginnings: beginnings)
  }

  /// What has to be known before the first step. A long overview is not: it comes last.
  private static func introduction(of guide: Guide?) -> [Block] {
    guard let guide else { return [] }
    var blocks = guide.overview.isShortIntroduction ? guide.overview : []
    if !guide.prerequisites.isEmpty {
      blocks += [.heading(level: 3, [.text("You need")])] + guide.prerequisites
    }
    return blocks
  }

  private static func closing(of guide: Guide?) -> [Block] {
    guard let guide else { return [] }
    var blocks: [Block] = []
    if !guide.overview.isEmpty, !guide.overview.isShortIntroduction {
      blocks += [.heading(level: 3, [.text("About")])] + guide.overview
    }
    for section in guide.extras where !section.isAfterSteps {
      blocks += [.heading(level: 3, [.text(section.heading)])] + section.blocks
    }
    return blocks
  }
}

extension [Block] {
  /// Whether it may stand above what is asked without pushing that out of view: one paragraph of two lines.
  var isShortIntroduction: Bool {
    guard count == 1, case .paragraph(let inlines) = self[0] else { return false }
    return inlines.plainText.count <= 160
  }
}
