internal import GuideText
package import ProviderFormat
internal import TerminalUI

/// A whole guide as lines of text, for reading, printing and searching outside the wizard. The same words and the same
/// lines as in plain mode, with every address written out behind what mentions it.
package struct GuideText {
  private let form: Form
  private let glyphs: Glyphs

  /// - Parameter glyphs: decide how our own words are spelled; code and addresses stay as they are.
  package init(_ form: Form, glyphs: Glyphs = .unicode) {
    self.form = form
    self.glyphs = glyphs
  }

  /// Cleaned; no line is wider than a page's text unless it is an address or code.
  package var lines: [String] {
    var lines = [glyphs.spell(title), ""]
    guard let guide = form.guide else { return lines + fields(ofStep: nil) }
    lines += section("", guide.overview)
    if !guide.prerequisites.isEmpty { lines += section("Prerequisites", guide.prerequisites) }
    // The settings of an integration, which come before its steps.
    lines += fields(ofStep: nil)
    lines += section("", guide.instructions)
    for section in guide.extras where !section.isAfterSteps {
      lines += self.section(section.heading, section.blocks)
    }
    for (index, step) in guide.steps.enumerated() {
      lines += section(step.heading, step.blocks)
      lines += fields(ofStep: index)
    }
    for section in guide.extras where section.isAfterSteps {
      lines += self.section(section.heading, section.blocks)
    }
    return lines
  }

  private var title: String {
    let names = [form.provider.displayName, form.provider.usher.domain ?? ""]
    return names.filter { !$0.isEmpty }.map { Sanitizer.clean($0) }.joined(separator: " · ")
  }

  private func section(_ heading: String, _ blocks: [Block]) -> [String] {
    guard !heading.isEmpty || !blocks.isEmpty else { return [] }
    var page = Page(header: Page.Header(), title: heading)
    page.items = [.guide(blocks)]
    let references = References(page.items, countingCode: false)
    let lines = PlainPage(page, glyphs: glyphs, references: references).body
    return heading.isEmpty ? lines : [Sanitizer.clean(heading), ""] + lines
  }

  private func fields(ofStep step: Int?) -> [String] {
    let asked = form.fields.filter { $0.isPrompted && $0.step == step }
    guard !asked.isEmpty else { return [] }
    let words = asked.map { field in
      let kind = field.isMasked ? "secret" : field.acceptsEmpty ? "optional" : "text"
      return Sanitizer.clean("\(field.label) (\(field.id), \(kind))")
    }
    return ["Asked here: " + words.joined(separator: "; "), ""]
  }
}
