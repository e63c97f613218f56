/// Which embedded entry stands in for a terminal that the system does not describe.
enum EmbeddedTerminfo {
  /// A terminfo entry: its own name and its text for `TERMINFO`.
  struct Entry: Equatable {
    let name: String
    let text: String
  }

  /// The entry for a value of `TERM`; nil for a terminal that nothing is known of.
  ///
  /// Terminals that follow xterm share its entry: what they add to it, Usher does not use.
  static func entry(for term: String) -> Entry? {
    let family = term.prefix { $0 != "-" && $0 != "." && $0 != "+" }
    let has256Colors = term.hasSuffix("256color") || term.hasSuffix("direct")
    switch family {
    case "alacritty", "contour", "foot", "ghostty", "gnome", "iterm2", "kitty", "konsole", "mintty",
      "putty", "st", "vscode", "vte", "wezterm":
      return Entry(name: "xterm-256color", text: TerminfoEntries.xterm256)
    case "xterm", "rxvt":
      // xterm-kitty, xterm-ghostty: only the plain names promise no more than eight colours.
      return term == family && !has256Colors || term.hasSuffix("-color")
        ? Entry(name: "xterm", text: TerminfoEntries.xterm)
        : Entry(name: "xterm-256color", text: TerminfoEntries.xterm256)
    case "tmux", "screen":
      return has256Colors
        ? Entry(name: "screen-256color", text: TerminfoEntries.screen256)
        : Entry(name: "screen", text: TerminfoEntries.screen)
    case "linux": return Entry(name: "linux", text: TerminfoEntries.linux)
    case "vt100", "vt102", "vt220", "vt320", "vt420":
      return Entry(name: "vt100", text: TerminfoEntries.vt100)
    default: return nil
    }
  }
}
