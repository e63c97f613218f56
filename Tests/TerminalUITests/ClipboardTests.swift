import TerminalUI
import Testing

@Suite struct ClipboardTests {
  @Test(arguments: [
    (["TERM": "xterm-256color"], Clipboard.terminal), ([:], .terminal),
    (["TERM": "screen-256color", "TMUX": "/tmp/tmux-0/default,1,0"], .tmux),
    (["TERM": "tmux-256color"], .tmux), (["TERM": "screen.xterm-256color"], .screen),
    (["TERM": "xterm-256color", "STY": "123.pts-1.host"], .screen),
    (["TERM": "xterm-256color", "STY": ""], .terminal),
  ])
  func `who gets a copy is told by the environment`(
    environment: [String: String], clipboard: Clipboard
  ) {
    #expect(Clipboard(variable: { environment[$0] }) == clipboard)
  }

  @Test func `GNU screen gets no more than it takes, and that is said`() {
    let short = String(repeating: "x", count: Clipboard.screenLimit)
    #expect(Clipboard.screen.takes(short))
    #expect(!Clipboard.screen.takes(short + "x"))
    #expect(!Clipboard.screen.takes(String(repeating: "é", count: 400)))
    #expect(Clipboard.terminal.takes(short + "x"))
    #expect(Clipboard.screen.words(for: short + "x")?.contains("select it here") == true)
    #expect(Clipboard.tmux.words(for: short)?.contains("set -s set-clipboard on") == true)
  }

  @Test func `where there is no clipboard nothing is promised`() {
    #expect(!Clipboard.none.takes("x"))
    #expect(Clipboard.none.words(for: "x") == nil)
  }
}
