package import TerminalUI

/// Which key means what, out of `KeyBinding`. The same key means the same on every screen.
package enum KeyMap {
  /// What a key asks for; nil when it means nothing.
  package static func input(for key: Key, isTyping: Bool) -> Input? {
    if let input = (isTyping ? whileTyping : elsewhere)[key] { return input }
    guard isTyping, case .character(let scalar) = key else { return nil }
    return .edit(.insert(scalar))
  }

  /// How hints call the key of a command.
  static func name(of command: Command, isTyping: Bool) -> String {
    (isTyping ? namesWhileTyping : namesElsewhere)[.command(command)] ?? ""
  }

  private static let whileTyping = inputs(isTyping: true)
  private static let elsewhere = inputs(isTyping: false)
  private static let namesWhileTyping = names(isTyping: true)
  private static let namesElsewhere = names(isTyping: false)

  private static func inputs(isTyping: Bool) -> [Key: Input] {
    Dictionary(uniqueKeysWithValues: strokes(isTyping: isTyping).map { ($0.key, $0.input) })
  }

  private static func names(isTyping: Bool) -> [Input: String] {
    let names = strokes(isTyping: isTyping).map { ($0.input, $0.key.name) }
    return Dictionary(names) { first, _ in first }
  }

  private static func strokes(isTyping: Bool) -> [KeyBinding.Stroke] {
    KeyBinding.all.flatMap(\.strokes).filter { stroke in
      switch stroke.condition {
      case .always: true
      case .whileTyping: isTyping
      case .elsewhere: !isTyping
      }
    }
  }
}

extension Key {
  /// What help and hints call it: `Ctrl-O`, `PgDn`, `/`.
  package var name: String {
    switch self {
    case .character(" "): "Space"
    case .character(let scalar): String(Character(scalar))
    case .enter: "Enter"
    case .tab: "Tab"
    case .backTab: "Shift-Tab"
    case .escape: "Esc"
    case .backspace: "Backspace"
    case .delete: "Del"
    case .up: "↑"
    case .down: "↓"
    case .left: "←"
    case .right: "→"
    case .shiftLeft: "Shift-←"
    case .shiftRight: "Shift-→"
    case .home: "Home"
    case .end: "End"
    case .pageUp: "PgUp"
    case .pageDown: "PgDn"
    case .control(let letter): "Ctrl-\(letter.properties.uppercaseMapping)"
    case .alt(let scalar): "Alt-\(Character(scalar))"
    case .function(let number): "F\(number)"
    }
  }
}

extension KeyHint {
  /// A hint at the key of a command.
  init(
    _ command: Command, _ meaning: String, brief: String? = nil, weight: Int,
    isTyping: Bool = false, standsBesideField: Bool = false, withoutClipboard: String? = nil
  ) {
    self.init(
      KeyMap.name(of: command, isTyping: isTyping), meaning, brief: brief, weight: weight,
      standsBesideField: standsBesideField, withoutClipboard: withoutClipboard)
  }

  /// A hint at the arrows of two commands, with what their names have in common said once.
  init(_ first: Command, _ second: Command, _ meaning: String, weight: Int) {
    let names = [first, second].map { KeyMap.name(of: $0, isTyping: false) }
    self.init(names[0] + String(names[1].suffix(1)), meaning, weight: weight)
  }
}
