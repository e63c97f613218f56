internal import Basics
internal import TerminalUI

/// What lines are made with: how wide, with which signs, and which numbers links have. What it makes of the pieces of a
/// page stands in the files that are named for these: `ItemLines`, `CodeLines`, `BarLines`.
struct LayoutContext {
  /// Columns of the whole window.
  var windowWidth: Int
  /// Columns of the text.
  var width: Int
  /// Columns that tables may use; nil where they have to keep to the text's.
  var wideWidth: Int?
  var glyphs: Glyphs
  var references: References
  /// What is marked as found.
  var found: Found?
  /// Columns of the names that stand beside values, so that all of a page line up.
  var nameWidth = 0
  /// Whether there is room for blank rows.
  var isRoomy: Bool
  /// Where paragraphs are kept for the next page; nil where that is not worth it.
  var paragraphs: Paragraphs?

  /// A text of ours or of others, in characters that are safe and can be shown.
  func text(_ text: String) -> String { glyphs.spell(Sanitizer.clean(text)) }

  /// A horizontal line.
  func rule(_ columns: Int) -> String {
    String(glyphs.rule, times: columns)
  }

  /// A paragraph, broken into lines.
  func lines(_ runs: [StyledText], width: Int? = nil, hangingIndent: Int = 0) -> [Line] {
    let source = Paragraphs.Source(
      runs: runs, width: width ?? self.width, hangingIndent: hangingIndent)
    guard let paragraphs else { return LayoutContext.broken(source) }
    return paragraphs.lines(source) { LayoutContext.broken(source) }
  }

  /// Foreign words of the field that has the focus, with the links in them.
  func help(_ text: String) -> [Line] {
    func made() -> [Line] { unkept.lines(runs(LinkedText.inlines(text), style: .muted)) }
    return paragraphs?.words(text, in: self, or: made) ?? made()
  }

  func lines(_ commitment: Page.Commitment) -> [Line] {
    paragraphs?.commitment(commitment, in: self) { unkept.made(of: commitment) }
      ?? made(of: commitment)
  }

  private func made(of commitment: Page.Commitment) -> [Line] {
    let enter = StyledText(KeyMap.name(of: .activate, isTyping: true), .keyName)
    let deed = text(": " + commitment.deed)
    guard isRoomy else {
      return lines([enter, StyledText(deed + " " + text(commitment.briefPlace))])
    }
    let whole = text(commitment.place)
    // A row of the guide is worth more than what kind of store it is.
    let place = Width.of(whole) <= width ? whole : text(commitment.briefPlace)
    return lines([enter, StyledText(deed)]) + lines([StyledText(place, .muted)])
  }

  /// For what is kept as a whole.
  var unkept: LayoutContext {
    var setting = self
    setting.paragraphs = nil
    return setting
  }

  private static func broken(_ source: Paragraphs.Source) -> [Line] {
    Wrapping.lines(
      of: source.runs, columns: source.width, hangingIndent: source.hangingIndent
    )
    .map { line in Line(line.map { StyledText(untied($0.text), $0.style) }) }
  }

  /// A blank at which no line ends. It has done its work when the lines are broken: not every terminal can show it.
  static let tie: Character = "\u{A0}"

  private static func untied(_ text: String) -> String {
    guard text.utf8.contains(0xC2) else { return text }
    return String(text.map { $0 == tie ? " " : $0 })
  }

  func lines(_ text: String, _ style: Style = .plain, width: Int? = nil) -> [Line] {
    lines([StyledText(self.text(text), style)], width: width)
  }

  /// A sign and a sentence that lines up behind it.
  func lines(_ notice: Notice, width: Int? = nil) -> [Line] {
    let sign = glyphs.sign(notice.sign)
    let runs = [
      StyledText(sign + " ", notice.sign.style),
      StyledText(text(notice.sentence), notice.sign == .note ? .muted : .plain),
    ]
    return lines(runs, width: width, hangingIndent: Width.of(sign) + 1)
  }

  /// Narrower, for what is indented.
  func narrowed(by columns: Int) -> LayoutContext {
    var setting = self
    setting.width = max(1, width - columns)
    setting.wideWidth = wideWidth.map { max(1, $0 - columns) }
    return setting
  }
}
