import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct SizeTests {
  @Test func `every size from 1x1 to 500x200 is drawn, in any order`() throws {
    let terminal = try Fixture.start()
    #expect(terminal.wait(for: "Form 80x24"))
    let sizes = [
      (1, 1), (500, 200), (2, 1), (1, 200), (40, 10), (500, 1), (3, 3), (79, 23), (7, 50), (80, 24),
    ]
    for (columns, rows) in sizes + sizes.reversed() {
      terminal.resize(columns: columns, rows: rows)
      // Too small to say anything: what it shows is part of the border.
      let expected = columns >= 40 && rows >= 8 ? "last: resized \(columns)x\(rows)" : ""
      #expect(terminal.wait(for: expected), "\(columns)x\(rows)")
    }
    terminal.type("still\u{4}")
    #expect(terminal.waitForEnd() == 0)
    #expect(terminal.damage == [])
  }

  @Test(arguments: [(1, 1), (5, 2), (39, 9), (500, 200)])
  func `it starts in every size`(columns: Int, rows: Int) throws {
    let terminal = try Fixture.start(columns: columns, rows: rows)
    // Before that the kernel would take Control-D for itself.
    #expect(terminal.wait { $0.isOn("?2004") })
    terminal.type("x\u{4}")
    #expect(terminal.waitForEnd() == 0)
    #expect(terminal.damage == [])
  }
}
