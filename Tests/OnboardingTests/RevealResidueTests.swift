import Onboarding
import Secrets
import TerminalUI
import TestSupport
import Testing

/// What stays in this process's memory of the ends of a secret that were shown.
@Suite(.serialized) struct RevealResidueTests {
  private static let length = 40
  /// The four characters of each end.
  private static let ends = Array(0..<4) + Array(length - 4..<length)
  /// Of a text: between the ends stand a blank, an ellipsis and a blank.
  private static let inText = Array(0..<4) + Array(9..<13)
  /// Of a row of cells: the same, a character in each.
  private static let inCells = (Array(0..<4) + Array(7..<11)).map { $0 * MemoryLayout<Cell>.stride }

  private static func walk(_ scan: MemoryScan) -> Walk {
    let walk = Walk.through(Samples.tally)
    walk.press(.enter, .enter)
    var buffer = SecretBuffer(capacity: 64)
    for index in 0..<scan.count { buffer.append(scan.byte(index)) }
    walk.send(.paste(buffer, isCut: false))
    return walk
  }

  @Test func `a canvas is sensitive while it shows the ends of a secret, and only then`() {
    let walk = Self.walk(MemoryScan.marker(length: Self.length))
    #expect(!walk.canvas.isSensitive)
    walk.press(.control("r"))
    #expect(walk.canvas.isSensitive)
    walk.press(.function(1))
    #expect(!walk.canvas.isSensitive)
    walk.press(.escape)
    #expect(walk.canvas.isSensitive)
    walk.resize(20, 5)
    #expect(!walk.canvas.isSensitive)
    walk.resize(80, 24)
    walk.wait(.seconds(10))
    #expect(!walk.canvas.isSensitive)
  }

  @Test func `ends that are hidden again leave nothing behind`() {
    let scan = MemoryScan.marker(length: Self.length)
    let walk = Self.walk(scan)
    for _ in 0..<3 {
      walk.press(.control("r"))
      var canvas = walk.canvas
      let shown = scan.occurrences(of: Self.ends, at: Self.inCells)
      #expect(shown >= 1)
      canvas.wipe()
      walk.press(.control("r"))
      let isSensitive = walk.canvas.isSensitive
      #expect(!isSensitive)
    }
    #expect(scan.occurrences(of: Self.ends, at: Self.inCells) == 0)
    #expect(scan.occurrences(of: Self.ends, at: Self.inText) == 0)
    // Nor one after the other, as they lie nowhere any more.
    #expect(scan.occurrences(of: Self.ends, at: Array(0..<8)) == 0)
    #expect(scan.occurrences() == 1)
  }
}
