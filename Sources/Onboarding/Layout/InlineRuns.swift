internal import Guides
internal import TerminalUI

/// A guide's words as styled runs. Every link has its number behind it.
struct InlineRuns {
  private let setting: Setting
  private var marking: Marking

  init(in setting: Setting, passage: Int?) {
    self.setting = setting
    marking = Marking(setting.found, passage: passage)
  }

  mutating func runs(_ inlines: [Inline], style: Style) -> [StyledText] {
    var runs: [StyledText] = []
    for inline in inlines { runs += self.runs(inline, style) }
    return runs
  }

  private mutating func runs(_ inline: Inline, _ style: Style) -> [StyledText] {
    switch inline {
    case .text(let text): return words(text, style)
    case .strong(let inner): return runs(inner, style: style == .link ? .link : .strong)
    case .emphasis(let inner): return runs(inner, style: style == .link ? .link : .emphasis)
    case .code(let text): return words(text, style == .link ? .link : .code)
    case .link(let inner, let url): return link(inner, url)
    case .figure(let figure):
      return [StyledText(setting.lead(of: figure), .muted)] + words(figure.name, .muted)
    case .lineBreak:
      marking.skip(1)
      return [StyledText("\n", style)]
    }
  }

  private mutating func words(_ text: String, _ style: Style) -> [StyledText] {
    marking.runs(text, style, clean: setting.text)
  }

  private mutating func link(_ inner: [Inline], _ url: String) -> [StyledText] {
    let name = inner.isEmpty ? words(url, .link) : runs(inner, style: .link)
    guard let number = setting.references.number(of: url) else { return name }
    // The number stays on the line of the word before it.
    return name + [StyledText("\(Setting.tie)[\(number)]", .link)]
  }
}

extension Setting {
  /// - Parameter passage: its number, where the words can be searched.
  func runs(
    _ inlines: [Inline], style: Style = .plain, passage: Int? = nil
  ) -> [StyledText] {
    var runs = InlineRuns(in: self, passage: passage)
    return runs.runs(inlines, style: style)
  }

  /// `[3] Screenshot: `, to stand before a figure's name.
  func lead(of figure: Figure) -> String {
    let number = references.number(of: figure.source).map { "[\($0)] " } ?? ""
    return "\(number)Screenshot: "
  }
}
