internal import TerminalUI

/// Which key a complete escape sequence stands for.
struct KeySequences {
  /// What the terminal's own description says; asked first.
  private let described: [[UInt8]: Key]

  /// Terminfo's names of the keys that Usher knows.
  static let capabilities: [(name: String, key: Key)] = [
    ("kcuu1", .up), ("kcud1", .down), ("kcub1", .left), ("kcuf1", .right), ("khome", .home),
    ("kend", .end), ("kpp", .pageUp), ("knp", .pageDown), ("kdch1", .delete), ("kcbt", .backTab),
    ("kLFT", .shiftLeft), ("kRIT", .shiftRight),
    ("kent", .enter), ("kf1", .function(1)), ("kf2", .function(2)), ("kf3", .function(3)),
    ("kf4", .function(4)), ("kf5", .function(5)), ("kf6", .function(6)), ("kf7", .function(7)),
    ("kf8", .function(8)), ("kf9", .function(9)), ("kf10", .function(10)), ("kf11", .function(11)),
    ("kf12", .function(12)),
  ]

  init(described: [[UInt8]: Key] = [:]) {
    self.described = described
  }

  func item(for sequence: Span<UInt8>) -> KeyDecoder.Item {
    let bytes = sequence.indices.map { sequence[$0] }
    if let key = described[bytes] { return .key(key) }
    let body = bytes.dropFirst(2)
    if bytes[1] == UInt8(ascii: "O") { return KeySequences.singleShift(body) }
    return KeySequences.controlSequence(body)
  }

  /// The part of a control sequence behind `ESC [`. Modifiers (`1;5` before the letter) do not change the key, but for
  /// Shift on the arrows to the sides. A key that is let go (`1;1:3`) is none.
  private static func controlSequence(_ body: ArraySlice<UInt8>) -> KeyDecoder.Item {
    guard let final = body.last, let first = body.first else { return .ignored }
    if first == UInt8(ascii: "[") { return consoleFunction(final) }
    let text = body.dropLast()
    // Private parameters and intermediates: replies and reports, never keys.
    guard text.allSatisfy({ (0x30..<0x3C).contains($0) }) else { return .ignored }
    let parameters = KeyboardProtocols.Parameters(text)
    if final == UInt8(ascii: "u") { return item(KeyboardProtocols.unicode(parameters)) }
    guard !parameters.isRelease(1) else { return .ignored }
    let number = parameters[0] ?? 0
    if final == UInt8(ascii: "~") {
      return number == 27 ? item(KeyboardProtocols.other(parameters)) : tilde(number)
    }
    // A letter takes no parameters but "1;modifiers": `ESC [ 24;80 R` is a cursor report, not F3.
    guard number <= 1 else { return .ignored }
    if final == UInt8(ascii: "Z") { return .key(.backTab) }
    guard let key = letter(final) else { return .ignored }
    guard parameters.modifiers(1) == .shift else { return .key(key) }
    if key == .left { return .key(.shiftLeft) }
    if key == .right { return .key(.shiftRight) }
    return .key(key)
  }

  private static func item(_ key: Key?) -> KeyDecoder.Item { key.map { .key($0) } ?? .ignored }

  private static func singleShift(_ body: ArraySlice<UInt8>) -> KeyDecoder.Item {
    guard let final = body.last else { return .ignored }
    if let key = letter(final) { return .key(key) }
    // The numeric keypad in application mode: j…y are *…9, 64 above what is printed on the key.
    switch final {
    case UInt8(ascii: "M"): return .key(.enter)
    case UInt8(ascii: "I"): return .key(.tab)
    case UInt8(ascii: "X"): return .key(.character("="))
    case UInt8(ascii: "j")...UInt8(ascii: "y"):
      return .key(.character(Unicode.Scalar(final - 0x40)))
    default: return .ignored
    }
  }

  private static func letter(_ final: UInt8) -> Key? {
    switch final {
    case UInt8(ascii: "A"): .up
    case UInt8(ascii: "B"): .down
    case UInt8(ascii: "C"): .right
    case UInt8(ascii: "D"): .left
    case UInt8(ascii: "F"): .end
    case UInt8(ascii: "H"): .home
    case UInt8(ascii: "P")...UInt8(ascii: "S"): .function(Int(final - UInt8(ascii: "P")) + 1)
    default: nil
    }
  }

  private static func tilde(_ number: Int) -> KeyDecoder.Item {
    switch number {
    case 1, 7: .key(.home)
    case 3: .key(.delete)
    case 4, 8: .key(.end)
    case 5: .key(.pageUp)
    case 6: .key(.pageDown)
    case 11...15: .key(.function(number - 10))
    case 17...21: .key(.function(number - 11))
    case 23, 24: .key(.function(number - 12))
    case 200: .pasteStart
    // 2 is Insert, 201 the end of a paste that never began.
    default: .ignored
    }
  }

  private static func consoleFunction(_ final: UInt8) -> KeyDecoder.Item {
    switch final {
    case UInt8(ascii: "A")...UInt8(ascii: "E"):
      .key(.function(Int(final - UInt8(ascii: "A")) + 1))
    default: .ignored
    }
  }
}
