import TerminalUI
import Testing

@Suite struct CanvasTests {
  private func canvas(_ columns: Int, _ rows: Int) -> Canvas {
    Canvas(size: Size(columns: columns, rows: rows))
  }

  @Test func `text that does not fit is cut at the edge and at the limit`() {
    var canvas = canvas(6, 2)
    #expect(canvas.write("abcdefgh", at: Point(column: 2, row: 0)) == 4)
    #expect(canvas.write("abcdefgh", at: Point(column: 0, row: 1), limit: 3) == 3)
    #expect(canvas.lines == ["  abcd", "abc"])
  }

  @Test(arguments: [(-3, 0), (0, -1), (9, 0), (0, 9), (100, 100)])
  func `nothing is ever drawn outside`(column: Int, row: Int) {
    var canvas = canvas(4, 2)
    canvas.write("世界", at: Point(column: column, row: row))
    canvas.fill(Area(column: column, row: row, columns: 2, rows: 1), with: "x")
    #expect(canvas.size == Size(columns: 4, rows: 2))
    #expect(canvas.lines.allSatisfy { Width.of($0) <= 4 })
  }

  @Test func `text that starts left of the canvas shows the part that is on it`() {
    var canvas = canvas(3, 1)
    canvas.write("abcde", at: Point(column: -2, row: 0))
    #expect(canvas.lines == ["cde"])
  }

  @Test func `a wide character takes two cells and is never halved`() {
    var canvas = canvas(5, 1)
    #expect(canvas.write("a世界b", at: Point(column: 0, row: 0)) == 5)
    #expect(canvas[1, 0].extent == .leftHalf)
    #expect(canvas[2, 0].extent == .rightHalf)
    canvas.write("x", at: Point(column: 2, row: 0))
    #expect(canvas.lines == ["a x界"])
    #expect(canvas.write("世", at: Point(column: 4, row: 0)) == 0)
  }

  @Test func `marks stay with their character, two at most`() {
    var canvas = canvas(4, 1)
    #expect(canvas.write("e\u{301}\u{302}\u{303}x", at: Point(column: 0, row: 0)) == 2)
    #expect(canvas[0, 0].firstMark == "\u{301}")
    #expect(canvas[0, 0].secondMark == "\u{302}")
    #expect(canvas[1, 0].base == "x")
  }

  @Test func `control characters never get into a cell`() {
    var canvas = canvas(20, 1)
    canvas.write("a\u{1B}[2Jb\u{9B}\u{202E}", at: Point(column: 0, row: 0))
    canvas.fill(Area(column: 19, row: 0, columns: 1, rows: 1), with: "\u{1B}")
    #expect(canvas.lines[0].hasPrefix("a^[[2Jb<U+009B><U+2"))
    #expect((0..<20).allSatisfy { Sanitizer.isSafe(canvas[$0, 0].base) })
  }

  @Test func `a canvas placed on another covers it, wide characters and marks included`() {
    var below = canvas(6, 2)
    below.fill(below.bounds, with: "x")
    var above = canvas(3, 1)
    above.write("世e\u{301}", at: Point(column: 0, row: 0))
    below.place(above, at: Point(column: 2, row: 1))
    #expect(below.lines == ["xxxxxx", "xx世e\u{301}x"])
  }

  @Test func `what differs in a row is told from its first to its last column`() {
    var before = canvas(8, 3)
    before.write("a世c", at: Point(column: 1, row: 0))
    var after = before
    #expect(after.changedColumns(ofRow: 0, since: before) == nil)
    after.write("x", at: Point(column: 4, row: 0))
    after.write("y", at: Point(column: 6, row: 0))
    #expect(after.changedColumns(ofRow: 0, since: before) == 4..<7)
    #expect(after.changedColumns(ofRow: 1, since: before) == nil)
    // A wide character is never told by halves.
    after = before
    after.write("界", at: Point(column: 2, row: 0))
    #expect(after.changedColumns(ofRow: 0, since: before) == 2..<4)
    after = before
    after.write("z", at: Point(column: 1, row: 1), style: .warning)
    #expect(after.changedColumns(ofRow: 1, since: before) == 1..<2)
    after.clear(row: 1)
    #expect(after == before)
    #expect(after.changedColumns(ofRow: 9, since: before) == nil)
  }

  @Test func `wiping leaves nothing of what was written`() {
    var canvas = canvas(8, 1)
    canvas.write("k3y", at: Point(column: 0, row: 0), style: .warning)
    canvas.wipe()
    #expect(canvas.lines == [""])
    #expect(canvas == Canvas(size: canvas.size))
  }
}
