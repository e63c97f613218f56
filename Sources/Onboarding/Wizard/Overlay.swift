/// What lies over a screen.
enum Overlay {
  case help(HelpSheet)
  case leave(LeaveSheet)
  case link(LinkSheet)
  case links(LinksSheet)
  case file(FileSheet)
  case code(CodeSheet)
  case found(FoundSheet)
  case secondKey(SecondKeySheet)
  case passphrase(PassphraseSheet)

  /// The sheet itself, whichever it is.
  var current: any Sheet {
    get {
      switch self {
      case .help(let sheet): sheet
      case .leave(let sheet): sheet
      case .link(let sheet): sheet
      case .links(let sheet): sheet
      case .file(let sheet): sheet
      case .code(let sheet): sheet
      case .found(let sheet): sheet
      case .secondKey(let sheet): sheet
      case .passphrase(let sheet): sheet
      }
    }
    set { self = newValue.overlay }
  }
}
