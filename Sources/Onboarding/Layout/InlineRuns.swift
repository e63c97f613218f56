internal import GuideText
internal import TerminalUI

/// A guide's words as styled runs. Every link has its number behind it.
struct InlineRuns {
  private let setting: LayoutContext
  /// How words look without any mark-up.
  private let base: Style
  private var marking: SearchHighlighter
  private(set) var runs: [StyledText] = []

  init(_ inlines: [Inline], style: Style, in setting: LayoutContext, passage: Int?) {
    self.setting = setting
    base = style
    marking = SearchHighlighter(setting.found, passage: passage)
    inlines.forEachRun { add($0) }
  }

  private mutating func add(_ run: TextRun) {
    switch run {
    case .words(let text, let style): words(text, self.style(style))
    case .address(let url): words(url, .link)
    case .figure(let figure):
      runs.append(StyledText(setting.lead(of: figure), .muted))
      words(figure.name, .muted)
    case .lineBreak(let style):
      marking.skip(1)
      runs.append(StyledText("\n", self.style(style)))
    case .linkBegins: break
    case .linkEnds(let url):
      // The number stays on the line of the word before it.
      guard let number = setting.references.number(of: url) else { return }
      runs.append(StyledText("\(LayoutContext.tie)[\(number)]", .link))
    }
  }

  private mutating func words(_ text: String, _ style: Style) {
    runs += marking.runs(text, style, clean: setting.text)
  }

  private func style(_ style: TextRun.Style) -> Style {
    switch style {
    case .plain: base
    case .strong: .strong
    case .emphasis: .emphasis
    case .code: .code
    case .link: .link
    }
  }
}

extension LayoutContext {
  /// - Parameter passage: its number, where the words can be searched.
  func runs(
    _ inlines: [Inline], style: Style = .plain, passage: Int? = nil
  ) -> [StyledText] {
    InlineRuns(inlines, style: style, in: self, passage: passage).runs
  }

  /// `[3] Screenshot: `, to stand before a figure's name.
  func lead(of figure: Figure) -> String {
    let number = references.number(of: figure.source).map { "[\($0)] " } ?? ""
    return "\(number)Screenshot: "
  }
}
