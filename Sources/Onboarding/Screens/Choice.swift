/// Which of several controls is selected, and the keys that move between them.
struct Choice: Equatable {
  private(set) var index: Int

  init(_ index: Int = 0) { self.index = index }

  /// Moves the selection if the command is one that does. With one control there is nowhere to go, and the command is
  /// left to others.
  mutating func move(_ command: Command, count: Int) -> Bool {
    guard count > 1 else { return false }
    let forwards: [Command] = [.nextControl, .move(.down), .move(.right)]
    let backwards: [Command] = [.previousControl, .move(.up), .move(.left)]
    if forwards.contains(command) {
      index = (index + 1) % count
    } else if backwards.contains(command) {
      index = (index + count - 1) % count
    } else {
      return false
    }
    return true
  }

  mutating func select(_ index: Int, count: Int) {
    if (0..<count).contains(index) { self.index = index }
  }

  /// What a screen does with input when its only controls are its actions.
  mutating func handle(_ input: Input, among requests: [Request]) -> Request {
    switch input {
    case .edit: return .stay
    case .command(.activate): return requests[index]
    case .command(let command):
      return move(command, count: requests.count) ? .stay : command.commonRequest
    }
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
      .insist, .acceptOffer, .readFile, .review, .suspend, .find, .copy:
      .stay
    }
  }
}

extension Input {
  /// What a sheet does with input that shows one text whole: Enter goes back, a number copies the text once more.
  func request(onSheetOf text: String) -> Request {
    switch self {
    case .command(.activate), .command(.back): .dismiss
    case .command(.digit), .command(.link): .copy(CodeText.copyable(text))
    case .command(let command): command.commonRequest
    case .edit: .stay
    }
  }
}
