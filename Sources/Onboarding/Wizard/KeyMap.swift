internal import Credentials
internal import TerminalUI

/// Which key means what. The same key means the same on every screen; only keys that a text needs for itself change
/// their meaning while one is typed.
enum KeyMap {
  static func input(for key: Key, isTyping: Bool) -> Input? {
    switch key {
    case .enter: .command(.activate)
    case .escape: .command(.back)
    case .tab: .command(.nextControl)
    case .backTab: .command(.previousControl)
    case .up: .command(.move(.up))
    case .down: .command(.move(.down))
    case .left: isTyping ? .edit(.move(.left)) : .command(.move(.left))
    case .right: isTyping ? .edit(.move(.right)) : .command(.move(.right))
    case .shiftLeft: .command(.scroll(.left))
    case .shiftRight: .command(.scroll(.right))
    case .home: isTyping ? .edit(.move(.start)) : .command(.scroll(.top))
    case .end: isTyping ? .edit(.move(.end)) : .command(.scroll(.bottom))
    case .pageUp: .command(.scroll(.pageUp))
    case .pageDown: .command(.scroll(.pageDown))
    case .backspace: isTyping ? .edit(.erase(.backward)) : nil
    case .delete: isTyping ? .edit(.erase(.forward)) : nil
    case .function(1): .command(.help)
    case .function: nil
    case .alt(let scalar): digit(scalar).map { .command(.digit($0)) }
    case .control(let letter): control(letter, isTyping: isTyping)
    case .character(let scalar): character(scalar, isTyping: isTyping)
    }
  }

  private static func character(_ scalar: Unicode.Scalar, isTyping: Bool) -> Input? {
    if isTyping { return .edit(.insert(scalar)) }
    switch scalar {
    case "?": return .command(.help)
    case "/": return .command(.find)
    case " ": return .command(.scroll(.pageDown))
    default: return digit(scalar).map { .command(.digit($0)) }
    }
  }

  /// The letters of readline, which every shell user's fingers know, but for F, which finds; and those of job control.
  private static func control(_ letter: Unicode.Scalar, isTyping: Bool) -> Input? {
    switch letter {
    case "c": return .command(.leave)
    case "z": return .command(.suspend)
    case "f": return .command(.find)
    case "l": return .command(.linkPrompt)
    case "r": return .command(.reveal)
    case "o": return .command(.insist)
    case "y": return .command(.takeOffer)
    case "t": return .command(.readFile)
    case "g": return .command(.review)
    case "n": return .command(.nextControl)
    case "p": return .command(.previousControl)
    default: break
    }
    guard isTyping else { return nil }
    switch letter {
    case "a": return .edit(.move(.start))
    case "e": return .edit(.move(.end))
    case "b": return .edit(.move(.left))
    case "d": return .edit(.erase(.forward))
    case "h": return .edit(.erase(.backward))
    case "k": return .edit(.erase(.toEnd))
    case "u": return .edit(.erase(.toStart))
    case "w": return .edit(.erase(.wordBackward))
    default: return nil
    }
  }

  private static func digit(_ scalar: Unicode.Scalar) -> Int? {
    ("0"..."9").contains(scalar) ? Int(scalar.value) - 48 : nil
  }
}
