/// Which of several controls is selected, and the keys that move between them.
struct Choice: Equatable {
  private(set) var index: Int

  init(_ index: Int = 0) { self.index = index }

  /// Moves the selection if the command is one that does. With one control there is nowhere to go, and the command is
  /// left to others.
  mutating func move(_ command: Command, count: Int) -> Bool {
    guard count > 1 else { return false }
    switch command {
    case .nextControl, .move(.down), .move(.right): index = (index + 1) % count
    case .previousControl, .move(.up), .move(.left): index = (index + count - 1) % count
    case .activate, .back, .leave, .help, .scroll, .digit, .linkPrompt, .link, .reveal, .insist,
      .takeOffer, .readFile, .review, .suspend, .find:
      return false
    }
    return true
  }

  mutating func select(_ index: Int, count: Int) {
    if (0..<count).contains(index) { self.index = index }
  }
}

extension Command {
  /// What every screen does with the commands that it has no use of its own for.
  var commonRequest: Request {
    switch self {
    case .back: .back
    case .leave: .leave
    case .scroll(let scroll): .scroll(scroll)
    case .move(.up): .scroll(.up)
    case .move(.down): .scroll(.down)
    case .move(.left): .scroll(.left)
    case .move(.right): .scroll(.right)
    case .activate, .help, .nextControl, .previousControl, .digit, .linkPrompt, .link, .reveal,
      .insist, .takeOffer, .readFile, .review, .suspend, .find:
      .stay
    }
  }
}
