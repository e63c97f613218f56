internal import TerminalUI

/// Keys as the keyboard protocols of newer terminals send them: `CSI code ; modifiers u` (kitty, and xterm with
/// formatOtherKeys) and `CSI 27 ; modifiers ; code ~` (xterm with modifyOtherKeys). We ask for none of them; a program that
/// died may have left one on.
struct KeyboardProtocols {
  /// The parameters of a control sequence, each with its parts between colons.
  struct Parameters {
    private let values: [[Int?]]

    /// - Parameter text: digits, colons and semicolons.
    init(_ text: ArraySlice<UInt8>) {
      values = text.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map {
        $0.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false).map { digits in
          digits.isEmpty
            ? nil : digits.reduce(0) { min(0x110000, $0 * 10 + Int($1) - Int(UInt8(ascii: "0"))) }
        }
      }
    }

    subscript(index: Int, part: Int = 0) -> Int? {
      index < values.count && part < values[index].count ? values[index][part] : nil
    }

    /// All parts of one parameter.
    func parts(_ index: Int) -> [Int] {
      index < values.count ? values[index].compactMap(\.self) : []
    }

    /// The modifiers that the parameter at an index names.
    func modifiers(_ index: Int) -> Modifiers {
      Modifiers(rawValue: max(0, (self[index] ?? 1) - 1))
    }

    /// Whether the key was let go; pressed and repeated are the same to us.
    func isRelease(_ index: Int) -> Bool { self[index, 1] == 3 }
  }

  struct Modifiers: OptionSet {
    let rawValue: Int

    static let shift = Modifiers(rawValue: 1)
    static let alt = Modifiers(rawValue: 2)
    static let control = Modifiers(rawValue: 4)
    /// Super, Hyper and Meta: keys of the window manager.
    static let foreign: Modifiers = [
      Modifiers(rawValue: 8), Modifiers(rawValue: 16), Modifiers(rawValue: 32),
    ]
    static let capsLock = Modifiers(rawValue: 64)
  }

  /// `CSI code:shifted:base ; modifiers:event ; text u`.
  static func unicode(_ parameters: Parameters) -> Key? {
    guard let code = parameters[0], !parameters.isRelease(1) else { return nil }
    let modifiers = parameters.modifiers(1)
    if modifiers.isDisjoint(with: [.alt, .control]), modifiers.isDisjoint(with: .foreign) {
      // What the terminal says that the key writes is surer than what we would make of it.
      let written = parameters.parts(2).compactMap { Unicode.Scalar(UInt32($0)) }
      if written.count == 1, written[0].value >= 0x20 { return .character(written[0]) }
      if modifiers.contains(.shift), let shifted = parameters[0, 1],
        let scalar = Unicode.Scalar(UInt32(shifted)), scalar.value >= 0x20
      {
        return .character(scalar)
      }
    }
    return key(code, modifiers, isWritten: false)
  }

  /// `CSI 27 ; modifiers ; code ~`. The code is the character that the key writes.
  static func other(_ parameters: Parameters) -> Key? {
    parameters[2].flatMap { key($0, parameters.modifiers(1), isWritten: true) }
  }

  private static func key(_ code: Int, _ modifiers: Modifiers, isWritten: Bool) -> Key? {
    switch code {
    case 9: return modifiers.contains(.shift) ? .backTab : .tab
    case 13, 57414: return .enter
    case 27: return .escape
    case 8, 127: return modifiers.isDisjoint(with: [.alt, .control]) ? .backspace : .control("w")
    case 57399...57408: return character(UInt32(code - 57399 + 0x30), modifiers, isWritten: true)
    case 57409...57416: return character(keypad[code - 57409], modifiers, isWritten: true)
    case 57417...57426: return cursor[code - 57417]
    default: return character(UInt32(code), modifiers, isWritten: isWritten)
    }
  }

  /// Decimal point to separator; Enter is not looked up here.
  private static let keypad = "./*-+\r=,".unicodeScalars.map(\.value)
  /// Left to delete; insert means nothing.
  private static let cursor: [Key?] = [
    .left, .right, .up, .down, .pageUp, .pageDown, .home, .end, nil, .delete,
  ]

  private static func character(
    _ code: UInt32, _ modifiers: Modifiers, isWritten: Bool
  ) -> Key? {
    // Codes of private use are keys that write nothing: Shift itself, volume, F13.
    guard let scalar = Unicode.Scalar(code), code >= 0x20, !(0x7F..<0xA0).contains(code),
      !(0xE000..<0xF900).contains(code), modifiers.isDisjoint(with: .foreign)
    else { return nil }
    if modifiers.contains(.control) { return control(scalar) }
    guard let written = isWritten ? scalar : self.written(scalar, modifiers) else { return nil }
    return modifiers.contains(.alt) ? .alt(written) : .character(written)
  }

  /// As the byte that the same keys send without a protocol.
  private static func control(_ scalar: Unicode.Scalar) -> Key {
    switch scalar {
    case "[", "3": .escape
    case "i", "I": .tab
    case "m", "M", "j", "J": .enter
    case "h", "H": .backspace
    case " ", "2": .control("@")
    default: .control(scalar.properties.lowercaseMapping.unicodeScalars.first ?? scalar)
    }
  }

  /// What keys of most layouts write without Shift.
  private static let unshifted = Set("0123456789-=[]\\;',./`".unicodeScalars)

  /// A code names the key without Shift. A letter's capital is known; of any other key only the terminal knows what Shift
  /// makes of it, and a wrong character under a mask would be worse than none.
  private static func written(
    _ scalar: Unicode.Scalar, _ modifiers: Modifiers
  ) -> Unicode.Scalar? {
    let capital = scalar.properties.uppercaseMapping.unicodeScalars
    let isSmallLetter = capital.count == 1 && capital.first != scalar
    guard isSmallLetter else {
      let isUnknown = modifiers.contains(.shift) && unshifted.contains(scalar)
      return isUnknown ? nil : scalar
    }
    let isCapital = modifiers.contains(.shift) != modifiers.contains(.capsLock)
    return isCapital ? capital.first : scalar
  }
}
