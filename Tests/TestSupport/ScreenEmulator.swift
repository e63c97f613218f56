/// A VT screen for tests: what somebody would see of a program's output, and which modes are on. Knows what ncurses sends
/// to an xterm, and ignores the rest as a terminal does.
package struct ScreenEmulator {
  package private(set) var columns: Int
  package private(set) var rows: Int
  package private(set) var cursor = (column: 0, row: 0)
  /// Private modes (`?25`, `?1049`, …) and `4` (insert), with their state now.
  package private(set) var modes: [String: Bool] = ["?25": true]
  /// Whether the keypad sends sequences of its own.
  package private(set) var isKeypadApplication = false
  /// Whether text is written with anything but the default look.
  package var hasRendition: Bool { !rendition.isEmpty }
  /// Whether a colour was ever asked for.
  package private(set) var hasSeenColor = false
  /// The strings of all operating system commands.
  package private(set) var commands: [String] = []
  /// Control bytes that no terminal program of ours has a reason to send.
  package private(set) var strangeControls: [UInt8] = []

  private enum Rendition { case foreground, background, attributes }

  private var rendition: Set<Rendition> = []
  private var grid: [[String]]
  private var otherGrid: [[String]]
  private var savedCursor = (column: 0, row: 0)
  private var margins: ClosedRange<Int>
  private var isWrapPending = false
  private var lastText = " "
  private var parser = SequenceParser()

  package init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
    grid = ScreenEmulator.blank(columns, rows)
    otherGrid = grid
    margins = 0...max(0, rows - 1)
  }

  /// The rows as text, blanks at their ends cut off.
  package var lines: [String] {
    grid.map { row in
      var line = row.joined()
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  package var text: String { lines.joined(separator: "\n") }

  package func isOn(_ mode: String) -> Bool { modes[mode] ?? false }

  package mutating func feed(_ bytes: some Sequence<UInt8>) {
    for byte in bytes {
      guard let item = parser.consume(byte) else { continue }
      switch item {
      case .text(let scalar): put(scalar)
      case .control(let byte): control(byte)
      case .escape(let intermediate, let final): escape(intermediate, final)
      case .sequence(let sequence): perform(sequence)
      case .command(let text): commands.append(text)
      }
    }
  }

  /// As a terminal does it: what is cut off is gone, what is added is blank.
  package mutating func resize(columns: Int, rows: Int) {
    grid = ScreenEmulator.fit(grid, columns, rows)
    otherGrid = ScreenEmulator.fit(otherGrid, columns, rows)
    self.columns = columns
    self.rows = rows
    margins = 0...max(0, rows - 1)
    place(cursor.column, cursor.row)
  }

  // MARK: - Text and controls

  private mutating func put(_ scalar: Unicode.Scalar) {
    let width = ScreenEmulator.width(of: scalar)
    guard width > 0 else {
      let column = max(0, cursor.column - (isWrapPending ? 0 : 1))
      grid[cursor.row][column].unicodeScalars.append(scalar)
      return
    }
    if isWrapPending || cursor.column + width > columns {
      cursor.column = 0
      lineFeed()
    }
    if isOn("4") {
      grid[cursor.row].insert(" ", at: cursor.column)
      grid[cursor.row].removeLast()
    }
    lastText = String(Character(scalar))
    grid[cursor.row][cursor.column] = lastText
    if width == 2, cursor.column + 1 < columns { grid[cursor.row][cursor.column + 1] = "" }
    isWrapPending = cursor.column + width >= columns
    cursor.column = min(columns - 1, cursor.column + width)
  }

  private mutating func control(_ byte: UInt8) {
    switch byte {
    case 0x07, 0x0E, 0x0F: break
    case 0x08: place(cursor.column - 1, cursor.row)
    case 0x09: place((cursor.column / 8 + 1) * 8, cursor.row)
    case 0x0A: lineFeed()
    case 0x0D: place(0, cursor.row)
    default: strangeControls.append(byte)
    }
  }

  private mutating func lineFeed() {
    isWrapPending = false
    if cursor.row == margins.upperBound {
      grid.remove(at: margins.lowerBound)
      grid.insert(ScreenEmulator.blank(columns, 1)[0], at: margins.upperBound)
    } else {
      cursor.row = min(rows - 1, cursor.row + 1)
    }
  }

  private mutating func escape(_ intermediate: UInt8?, _ final: UInt8) {
    guard intermediate == nil else { return }
    switch final {
    case UInt8(ascii: "7"): savedCursor = cursor
    case UInt8(ascii: "8"): place(savedCursor.column, savedCursor.row)
    case UInt8(ascii: "M"):
      if cursor.row == margins.lowerBound {
        grid.remove(at: margins.upperBound)
        grid.insert(ScreenEmulator.blank(columns, 1)[0], at: margins.lowerBound)
      } else {
        place(cursor.column, cursor.row - 1)
      }
    case UInt8(ascii: "="): isKeypadApplication = true
    case UInt8(ascii: ">"): isKeypadApplication = false
    default: break
    }
  }

  private mutating func place(_ column: Int, _ row: Int) {
    cursor = (min(max(0, column), columns - 1), min(max(0, row), rows - 1))
    isWrapPending = false
  }

  // MARK: - Control sequences

  private mutating func perform(_ sequence: ControlSequence) {
    let count = max(1, sequence.parameter(0, or: 1))
    switch (sequence.prefix, sequence.final) {
    case ("?", "h"), ("?", "l"): setPrivate(sequence)
    case ("", "h"), ("", "l"):
      for number in sequence.parameters { modes["\(number)"] = sequence.final == "h" }
    case ("", "A"): place(cursor.column, cursor.row - count)
    case ("", "B"): place(cursor.column, cursor.row + count)
    case ("", "C"): place(cursor.column + count, cursor.row)
    case ("", "D"): place(cursor.column - count, cursor.row)
    case ("", "G"): place(count - 1, cursor.row)
    case ("", "d"): place(cursor.column, count - 1)
    case ("", "H"), ("", "f"): place(max(1, sequence.parameter(1, or: 1)) - 1, count - 1)
    case ("", "m"): render(sequence.parameters)
    case ("", "r"):
      margins = count - 1...max(count - 1, min(rows, sequence.parameter(1, or: rows)) - 1)
      place(0, 0)
    case ("", _): edit(sequence, count: count)
    default: break
    }
  }

  private mutating func edit(_ sequence: ControlSequence, count: Int) {
    let row = cursor.row
    let end = min(columns, cursor.column + count)
    switch sequence.final {
    case "b": for _ in 0..<count { for scalar in lastText.unicodeScalars { put(scalar) } }
    case "J": eraseScreen(sequence.parameter(0, or: 0))
    case "K": eraseLine(sequence.parameter(0, or: 0))
    case "X": blank(row, cursor.column..<end)
    case "P":
      grid[row].removeSubrange(cursor.column..<end)
      grid[row] += Array(repeating: " ", count: columns - grid[row].count)
    case "@":
      grid[row].insert(contentsOf: repeatElement(" ", count: count), at: cursor.column)
      grid[row].removeLast(grid[row].count - columns)
    case "L", "M", "S", "T":
      let isUp = "MS".contains(sequence.final)
      let top = "ST".contains(sequence.final) ? margins.lowerBound : row
      for _ in 0..<min(count, rows) {
        grid.remove(at: isUp ? top : margins.upperBound)
        let line = ScreenEmulator.blank(columns, 1)[0]
        grid.insert(line, at: isUp ? margins.upperBound : top)
      }
    default: break
    }
  }

  private mutating func setPrivate(_ sequence: ControlSequence) {
    let isOn = sequence.final == "h"
    for number in sequence.parameters {
      let wasOn = self.isOn("?\(number)")
      modes["?\(number)"] = isOn
      guard number == 1049, isOn != wasOn else { continue }
      swap(&grid, &otherGrid)
      if isOn {
        savedCursor = cursor
        grid = ScreenEmulator.blank(columns, rows)
      } else {
        place(savedCursor.column, savedCursor.row)
      }
    }
  }

  private mutating func render(_ parameters: [Int]) {
    for parameter in parameters.isEmpty ? [0] : parameters {
      switch parameter {
      case 0: rendition = []
      case 39: rendition.remove(.foreground)
      case 49: rendition.remove(.background)
      case 22...29: rendition.remove(.attributes)
      case 30...38, 90...97: rendition.insert(.foreground)
      case 40...48, 100...107: rendition.insert(.background)
      default: rendition.insert(.attributes)
      }
      // What follows are the numbers of a colour.
      if parameter == 38 || parameter == 48 { break }
    }
    if !rendition.isDisjoint(with: [.foreground, .background]) { hasSeenColor = true }
  }

  private mutating func eraseScreen(_ what: Int) {
    if what != 0 { for row in 0..<cursor.row { blank(row, 0..<columns) } }
    if what != 1 {
      for row in cursor.row..<rows where row > cursor.row { blank(row, 0..<columns) }
    }
    eraseLine(what)
  }

  private mutating func eraseLine(_ what: Int) {
    let range =
      what == 0
      ? cursor.column..<columns : what == 1 ? 0..<min(columns, cursor.column + 1) : 0..<columns
    blank(cursor.row, range)
  }

  private mutating func blank(_ row: Int, _ range: Range<Int>) {
    for column in range { grid[row][column] = " " }
  }

  private static func blank(_ columns: Int, _ rows: Int) -> [[String]] {
    Array(repeating: Array(repeating: " ", count: columns), count: rows)
  }

  private static func fit(_ grid: [[String]], _ columns: Int, _ rows: Int) -> [[String]] {
    (0..<rows).map { row in
      guard row < grid.count else { return blank(columns, 1)[0] }
      let kept = grid[row].prefix(columns)
      return kept + Array(repeating: " ", count: columns - kept.count)
    }
  }

  /// The blocks that tests use, measured apart from the program's own table.
  private static func width(of scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0x300...0x36F, 0x200B...0x200F, 0x20D0...0x20FF, 0xFE00...0xFE0F: 0
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      2
    default: 1
    }
  }
}
