internal import CNcurses
internal import TerminalUI

/// What a role looks like here: attributes of ncurses and a colour pair (0: the terminal's own colours).
struct Look: Equatable {
  var attributes: attr_t = curses_normal
  var pair: Int16 = 0
}

/// Turns roles into looks. Colours only add to what attributes and words already say; the background stays the
/// terminal's own, and so does the colour of running text, so that light and dark terminals both stay readable.
struct Theme {
  /// How many colours there are to choose from.
  enum Palette {
    case none
    case eight
    case many
  }

  /// The colours, each with the number of its pair.
  enum Color: Int16, CaseIterable {
    case blue = 1
    case green
    case yellow
    case red
    case gray

    /// The number of the colour. Those of 256 are middle tones, legible on black and on white.
    func number(in palette: Palette) -> Int16? {
      switch (self, palette) {
      case (_, .none): nil
      // Cyan: plain blue cannot be read on black.
      case (.blue, .eight): 6
      case (.green, .eight): 2
      case (.yellow, .eight): 3
      case (.red, .eight): 1
      // Bright black is not among eight: dim stands for it.
      case (.gray, .eight): nil
      case (.blue, .many): 33
      case (.green, .many): 35
      case (.yellow, .many): 172
      case (.red, .many): 167
      case (.gray, .many): 245
      }
    }
  }

  private let palette: Palette

  /// Sets up the colour pairs. Without default colours (`op`) a pair would change the background: no colours then.
  init(allowsColor: Bool) {
    guard allowsColor, has_colors(), start_color() == OK, use_default_colors() == OK else {
      palette = .none
      return
    }
    let count = curses_color_count()
    let palette: Palette = count >= 256 ? .many : count >= 8 ? .eight : .none
    for color in Color.allCases {
      if let number = color.number(in: palette) { init_pair(color.rawValue, number, -1) }
    }
    self.palette = palette
  }

  func look(of style: Style) -> Look {
    switch style {
    // Fields too: a bar beside them shows the focus, and a typed character costs its own bytes and no more.
    case .plain, .keyText, .field, .fieldFocused: Look()
    case .heading, .strong: Look(attributes: curses_bold)
    case .emphasis: Look(attributes: curses_italic)
    case .muted, .border, .placeholder: gray()
    case .code: colored(.blue, with: curses_normal)
    case .link: colored(.blue, with: curses_underline)
    case .keyName: Look(attributes: curses_bold)
    case .selected, .foundHere: Look(attributes: curses_reverse)
    case .found: colored(.yellow, with: curses_bold | curses_underline)
    case .success: colored(.green, with: curses_bold)
    case .warning: colored(.yellow, with: curses_bold)
    case .error: colored(.red, with: curses_bold)
    }
  }

  private func colored(_ color: Color, with attributes: attr_t) -> Look {
    Look(attributes: attributes, pair: color.number(in: palette) == nil ? 0 : color.rawValue)
  }

  private func gray() -> Look {
    palette == .many ? colored(.gray, with: curses_normal) : Look(attributes: curses_dim)
  }
}
