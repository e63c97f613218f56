import LoopbackSupport
import TestSupport
import Testing

/// Windows of every size, and how they change: the wizard is drawn, says that it needs more room, or asks line by line.
@Suite(
  .enabled(if: LoopbackCertificates.tool != nil, "needs openssl"), .timeLimit(.minutes(30)))
struct WindowSizeTests {
  private static let corners = [
    (1, 1), (500, 200), (39, 9), (40, 10), (80, 24), (2, 200), (500, 1), (7, 50),
  ]

  @Test func `started in any size and resized forty times, the wizard goes on`() async throws {
    let windows = Gate.size("USHER_WINDOWS", else: 3)
    let provider = try await HeldProvider()
    var random = SeededRandom(seed: 18)
    for window in 0..<windows {
      let (columns, rows) =
        window < Self.corners.count
        ? Self.corners[window] : (1 + random.below(500), 1 + random.below(200))
      let terminal = try #require(
        provider.program.start(provider.command, columns: columns, rows: rows))
      let what = Comment(rawValue: "started at \(columns)x\(rows)")
      try #require(terminal.wait { $0.isOn("?2004") }, what)
      for _ in 0..<40 {
        terminal.resize(columns: 1 + random.below(500), rows: 1 + random.below(200))
      }
      if terminal.screen.isOn("?1049") {
        terminal.resize(columns: 39, rows: 9)
        #expect(terminal.wait(for: "window"), "\(what): \(terminal.screen.text)")
        terminal.resize(columns: 80, rows: 24)
        #expect(terminal.begins(with: "Link Acme"), "\(what): \(terminal.screen.text)")
        // All that was painted on the way is seen; what is not is thrown away when Ctrl-C is pressed once more.
        terminal.passQuietTime()
      }
      terminal.leave()
      let status = try #require(terminal.waitForEnd(), what)
      // Line by line, what comes before the first question is interrupted as any other program is.
      #expect([3, 130].contains(status), what)
      #expect(terminal.damage == [], what)
    }
    Gate.report("sizes", "\(windows) windows from 1x1 to 500x200, each resized 40 times: no crash")
  }
}
