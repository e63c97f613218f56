internal import Basics
internal import GuideText
internal import ProviderFormat

/// Checks that a provider's fields and its guide's steps belong together.
enum GuideFitLint {
  static func check(_ provider: Provider, _ guide: Guide, _ report: inout LintReport) {
    let form = Form(provider: provider, guide: guide)
    guard !guide.steps.isEmpty else {
      return report.warning(
        "the guide of \"\(provider.slug)\" has no steps", line: provider.line,
        advice: "give each step a heading like \"#### Step 1: Create a key\"")
    }
    let declarations = FieldDeclarations(provider)
    let steps = StepLookup(guide)
    for field in form.fields where field.isPrompted && !field.isSetting && !field.isOfApplication {
      let line = declarations[field.id]?.line(of: "doc_section") ?? provider.line
      check(field, line, provider, guide, steps, &report)
    }
  }

  private static func check(
    _ field: FormField, _ line: Int, _ provider: Provider, _ guide: Guide, _ steps: StepLookup,
    _ report: inout LintReport
  ) {
    let last = guide.steps[guide.steps.count - 1].heading
    guard let section = field.field.docSection else {
      return report.note(
        "no step explains \"\(field.id.name)\"; it is asked on the last one, \"\(last)\"",
        line: field.field.line == 0 ? provider.line : field.field.line,
        advice: advice(for: field, guide))
    }
    guard let found = steps.step(for: section) else {
      return report.warning(
        "the doc_section \(section) of \"\(field.id.name)\" leads nowhere in the guide", line: line,
        advice: "use one of: \(anchors(of: guide))")
    }
    guard found.match != .exact else { return }
    let step = guide.steps[found.index]
    report.warning(
      "the doc_section \(section) of \"\(field.id.name)\" is no heading; \"\(step.heading)\" is taken for it",
      line: line, advice: "use #\(step.anchors.first ?? "")")
  }

  /// The first step that calls the field by its name is likely the one that explains it.
  private static func advice(for field: FormField, _ guide: Guide) -> String {
    let step = guide.steps.first { step in
      step.heading.lowercased().contains(field.label.lowercased()) && !step.anchors.isEmpty
    }
    guard let anchor = step?.anchors.first else {
      return "add doc_section with the fragment of the step that does"
    }
    return "add doc_section: '#\(anchor)'"
  }

  private static func anchors(of guide: Guide) -> String {
    guide.steps.compactMap { $0.anchors.first.map { "#" + $0 } }.joined(separator: ", ")
  }
}
