internal import Secrets

/// What lies over a screen and goes again without changing it.
enum Overlay: Equatable {
  case help(HelpSheet)
  case leave(LeaveSheet)
  case link(LinkSheet)
  case file(FileSheet)
  case code(CodeSheet)
}

extension Overlay {
  mutating func handle(_ input: Input, keepsDraft: Bool) -> Request {
    switch self {
    case .help(let sheet): return sheet.handle(input)
    case .link(let sheet): return sheet.handle(input)
    case .file(var sheet):
      defer { self = .file(sheet) }
      return sheet.handle(input)
    case .code(let sheet): return sheet.handle(input)
    case .leave(var sheet):
      defer { self = .leave(sheet) }
      return sheet.handle(input, keepsDraft: keepsDraft)
    }
  }

  mutating func choose(action: Int, keepsDraft: Bool) -> Request {
    if case .leave(var sheet) = self {
      sheet.select(action: action, keepsDraft: keepsDraft)
      self = .leave(sheet)
    }
    return handle(.command(.activate), keepsDraft: keepsDraft)
  }

  /// Whether keys go into a text.
  var isTyping: Bool {
    switch self {
    case .file: true
    case .help, .leave, .link, .code: false
    }
  }

  mutating func paste(_ pasted: borrowing SecretBuffer) {
    switch self {
    case .file(var sheet):
      sheet.paste(pasted)
      self = .file(sheet)
    case .help, .leave, .link, .code: break
    }
  }

  /// Plain mode: a whole line for what the overlay asks.
  mutating func answer(_ line: borrowing SecretBuffer) {
    switch self {
    case .file(var sheet):
      sheet.answer(line)
      self = .file(sheet)
    case .help, .leave, .link, .code: break
    }
  }

  func page(over header: Page.Header, keepsDraft: Bool) -> Page {
    switch self {
    case .help(let sheet): sheet.page(header: header)
    case .link(let sheet): sheet.page(header: header)
    case .file(let sheet): sheet.page(header: header)
    case .code(let sheet): sheet.page(header: header)
    case .leave(let sheet): sheet.page(header: header, keepsDraft: keepsDraft)
    }
  }
}
