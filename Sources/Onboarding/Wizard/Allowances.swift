/// What may be done in a session beside linking an account. On a kiosk, whose user has no other business on the machine,
/// none of it.
package struct Allowances: OptionSet, Sendable {
  package let rawValue: UInt8

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// A file of this machine becomes a value.
  package static let files = Allowances(rawValue: 1)
  /// The ends of a secret are shown.
  package static let ends = Allowances(rawValue: 2)
  /// The session is put to sleep, and its shell has the terminal.
  package static let sleep = Allowances(rawValue: 4)
  /// Texts are offered to the clipboard of the computer that somebody sits at.
  package static let clipboard = Allowances(rawValue: 8)

  /// Others are named who can open a store that is made now.
  package static let readers = Allowances(rawValue: 16)

  /// What there is in a session that nothing is said about.
  package static let all: Allowances = [.files, .ends, .sleep, .clipboard, .readers]

  func permit(_ command: Command) -> Bool {
    switch command {
    case .readFile: contains(.files)
    case .reveal: contains(.ends)
    case .suspend: contains(.sleep)
    case .copy: contains(.clipboard)
    case .activate, .back, .leave, .help, .nextControl, .previousControl, .move, .scroll, .digit,
      .linkPrompt, .link, .insist, .acceptOffer, .review, .find:
      true
    }
  }

  func permit(_ binding: KeyBinding) -> Bool {
    binding.strokes.allSatisfy { stroke in
      switch stroke.input {
      case .command(let command): permit(command)
      case .edit: true
      }
    }
  }
}

extension Page {
  /// The page without a word of what is not allowed.
  mutating func confine(to allowances: Allowances) {
    let names = Set(
      KeyBinding.all.lazy.filter { !allowances.permit($0) }.map(\.keys).filter { !$0.isEmpty })
    keys.removeAll { names.contains($0.keys) }
    if !allowances.contains(.clipboard) {
      for index in keys.indices { keys[index].meaning = keys[index].meaningWithoutClipboard }
      keys.removeAll { $0.meaning.isEmpty }
    }
    if !allowances.contains(.files) {
      for index in fields.indices { fields[index].takesFile = false }
    }
    items = items.map { item in
      guard case .keys(let rows) = item else { return item }
      return .keys(rows.filter { !names.contains($0.keys) })
    }
  }
}
