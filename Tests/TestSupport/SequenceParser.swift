/// `ESC [ prefix parameters final`.
struct ControlSequence {
  let prefix: String
  let parameters: [Int]
  let final: Character

  /// A missing parameter, and one that is 0 where that means the same, has a default.
  func parameter(_ index: Int, or missing: Int) -> Int {
    index < parameters.count ? parameters[index] : missing
  }
}

/// Takes a terminal's input stream apart, as Paul Williams' state machine for the VT500 does, with UTF-8 text.
struct SequenceParser {
  enum Item {
    case text(Unicode.Scalar)
    case control(UInt8)
    case escape(UInt8?, UInt8)
    case sequence(ControlSequence)
    case command(String)
  }

  private enum State {
    case ground, escape, escapeIntermediate, sequence
    case string(isCommand: Bool)
    case stringEscape(isCommand: Bool)
  }

  private var state = State.ground
  private var collected: [UInt8] = []
  private var character: [UInt8] = []

  mutating func consume(_ byte: UInt8) -> Item? {
    switch state {
    case .ground: return ground(byte)
    case .escape: return escape(byte)
    case .escapeIntermediate:
      state = .ground
      return .escape(collected.first, byte)
    case .sequence: return sequence(byte)
    case .string(let isCommand):
      if byte == 0x07 { return endString(isCommand) }
      if byte == 0x1B {
        state = .stringEscape(isCommand: isCommand)
      } else {
        collected.append(byte)
      }
      return nil
    case .stringEscape(let isCommand): return endString(isCommand)
    }
  }

  private mutating func ground(_ byte: UInt8) -> Item? {
    switch byte {
    case 0x1B:
      state = .escape
      collected = []
      return nil
    case 0x00..<0x20, 0x7F: return .control(byte)
    case 0x20..<0x7F: return .text(Unicode.Scalar(byte))
    default:
      character.append(byte)
      guard let text = String(validating: character, as: UTF8.self) else {
        if character.count >= 4 { character = [] }
        return nil
      }
      character = []
      return text.unicodeScalars.first.map { .text($0) }
    }
  }

  private mutating func escape(_ byte: UInt8) -> Item? {
    switch byte {
    case UInt8(ascii: "["): state = .sequence
    case UInt8(ascii: "]"): state = .string(isCommand: true)
    case UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"), UInt8(ascii: "_"):
      state = .string(isCommand: false)
    case 0x20..<0x30:
      collected = [byte]
      state = .escapeIntermediate
    default:
      state = .ground
      return .escape(nil, byte)
    }
    return nil
  }

  private mutating func sequence(_ byte: UInt8) -> Item? {
    guard (0x40..<0x7F).contains(byte) else {
      collected.append(byte)
      return nil
    }
    state = .ground
    let prefix = collected.prefix { (0x3C..<0x40).contains($0) }
    let rest = collected.dropFirst(prefix.count)
    let parameters = rest.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
      .compactMap { Int(String(decoding: $0, as: UTF8.self)) }
    return .sequence(
      ControlSequence(
        prefix: String(decoding: prefix, as: UTF8.self), parameters: parameters,
        final: Character(Unicode.Scalar(byte))))
  }

  private mutating func endString(_ isCommand: Bool) -> Item? {
    state = .ground
    return isCommand ? .command(String(decoding: collected, as: UTF8.self)) : nil
  }
}
