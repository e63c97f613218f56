/// Breaks styled text into lines of a number of columns.
///
/// Lines break at spaces, and between wide characters (Chinese, Japanese, Korean text has no spaces), never before closing
/// punctuation. A word that fits on a line is never parted; one that does not (a URL, a key) starts on a line of its own
/// and is parted at the margin, without a hyphen, so that it can be copied. Spaces inside a line and at the start of the
/// text stay as they are; those at a break go.
package enum Wrapping {
  /// The lines of `runs`, without line breaks in them; at least one, which may be empty.
  ///
  /// - Parameters:
  ///   - columns: what a line may take; below 1 counts as 1.
  ///   - hangingIndent: blanks before every line but the first, so that items of a list line up behind their marker. At
  ///     most half of the columns are given away.
  package static func lines(
    of runs: [StyledText], columns: Int, hangingIndent: Int = 0
  ) -> [[StyledText]] {
    let columns = max(1, columns)
    var filler = LineFiller(columns: columns, indent: min(max(0, hangingIndent), columns / 2))
    for token in WrappingToken.tokens(of: runs) { filler.add(token) }
    return filler.finish()
  }

  /// The lines of text of one style.
  package static func lines(
    of text: String, style: Style = .plain, columns: Int, hangingIndent: Int = 0
  ) -> [[StyledText]] {
    lines(of: [StyledText(text, style)], columns: columns, hangingIndent: hangingIndent)
  }

  /// Columns of the longest word: what a line needs for no word to be parted.
  package static func longestWord(of runs: [StyledText]) -> Int {
    WrappingToken.tokens(of: runs).filter { $0.kind == .word }.map(\.width).max() ?? 0
  }
}

extension Wrapping {
  /// Columns of the longest web address: what a line needs for none to be parted. 0 where there is none.
  package static func longestAddress(in runs: [StyledText]) -> Int {
    WrappingToken.tokens(of: runs).filter(\.isAddress).map(\.width).max() ?? 0
  }
}

/// Puts tokens on lines.
private struct LineFiller {
  let columns: Int
  let indent: Int
  private var done: [[StyledText]] = []
  private var line: [StyledText] = []
  private var used = 0
  /// Blanks that are drawn only if a word follows on the same line.
  private var blanks: WrappingToken?
  /// Nothing but indentation is on the line.
  private var isFresh = true

  init(columns: Int, indent: Int) {
    self.columns = columns
    self.indent = indent
  }

  mutating func add(_ token: WrappingToken) {
    switch token.kind {
    case .lineBreak: breakLine()
    case .blank: blanks = token
    case .word: place(token)
    }
  }

  mutating func finish() -> [[StyledText]] { done + [line] }

  private mutating func place(_ word: WrappingToken) {
    if used + (blanks?.width ?? 0) + word.width > columns && !isFresh { breakLine() }
    if let blanks, used + blanks.width + min(word.width, columns - indent) <= columns {
      append(blanks)
    }
    blanks = nil
    if used + word.width <= columns { append(word) } else { part(word) }
  }

  /// Lays a word that is longer than a line over as many lines as it takes.
  private mutating func part(_ word: WrappingToken) {
    for run in word.runs {
      var rest = run.text[...]
      while !rest.isEmpty {
        var head = Width.prefix(rest, columns: columns - used)
        if head.isEmpty {
          if !isFresh {
            breakLine()
            continue
          }
          // Not even one character fits: it stands alone and is clipped when it is drawn.
          head = rest.prefix(1)
        }
        let piece = StyledText(String(head), run.style)
        append(WrappingToken(kind: .word, runs: [piece], width: piece.width))
        rest = rest[head.endIndex...]
      }
    }
  }

  private mutating func append(_ token: WrappingToken) {
    for run in token.runs {
      if let last = line.last, last.style == run.style {
        line[line.count - 1].text += run.text
      } else {
        line.append(run)
      }
    }
    used += token.width
    isFresh = false
  }

  private mutating func breakLine() {
    done.append(line)
    line = indent > 0 ? [StyledText(String(repeating: " ", count: indent))] : []
    used = indent
    blanks = nil
    isFresh = true
  }
}
