import Basics
import Glibc
import LoopbackSupport
import Synchronization
import TerminalUI
import TestSupport
import Testing

/// What is left of a secret in the memory of the program's processes, looked for from outside while somebody uses it.
@Suite(
  .enabled(if: LoopbackCertificates.tool != nil, "needs openssl"),
  .enabled(if: geteuid() == 0, "needs root: the program lets nobody else read its memory"),
  .timeLimit(.minutes(2)))
struct MemoryTests {
  /// A provider whose keys have no form, and whose answer can be held back.
  private struct Provider {
    let server: LoopbackServer
    let options: [String]
    private let isSilent: Flag

    final class Flag: Sendable { let value = Mutex(true) }

    init(for program: UsherProgram) async throws {
      let isSilent = Flag()
      server = try await LoopbackServer(.tls(.right)) { _ in
        isSilent.value.withLock { $0 } ? .silence : .json(#"{"ok": true}"#)
      }
      self.isSilent = isSilent
      options = try AskedServer(port: server.port).options(for: program)
    }

    /// From now on every request is answered.
    func speak() { isSilent.value.withLock { $0 = false } }
  }

  /// The secret, of which only what is typed from here may be in another process.
  private let key = MemoryScan.marker(length: 40)

  /// How often the key's last characters stand in the memory of all processes of the program.
  private func copies(_ terminal: PseudoTerminal, last: Int = 16, stride: Int = 1) -> Int {
    var (total, waiting) = (0, [terminal.process])
    while let process = waiting.popLast() {
      waiting += PseudoTerminal.children(of: process)
      // -1 is the memory of a process that has ended meanwhile.
      total += max(
        0, key.occurrences(of: key.count - last..<key.count, in: process, stride: stride))
    }
    return total
  }

  /// Swift's shared libraries, which the release does not have, look their functions up at the first call: that saves
  /// registers, and what was just copied with them, on a stack.
  private static let boundAtStart = ["LD_BIND_NOW": "1"]

  /// The same once what is being given up has been given up: pages do not wait for that.
  private func fewestCopies(_ terminal: PseudoTerminal) -> Int {
    var fewest = copies(terminal)
    for _ in 0..<200 where fewest > 1 { fewest = copies(terminal) }
    return fewest
  }

  /// How often the four last characters, the only ones that are ever shown, stand there as text, as the cells of a
  /// canvas, and as those of ncurses.
  private func shownCopies(_ terminal: PseudoTerminal) -> Int {
    let cell = MemoryLayout<Cell>.stride
    // A `cchar_t`: attributes, five wide characters, a colour pair.
    let cursesCell = 28
    return [1, 4, cell, cursesCell].map { copies(terminal, last: 4, stride: $0) }.reduce(0, +)
  }

  private func type(_ terminal: PseudoTerminal) {
    for index in 0..<key.count { terminal.type([key.byte(index)]) }
  }

  @Test func `typed, shown, hidden, checked and stored, a secret leaves no copy behind`()
    async throws
  {
    let program = UsherProgram()
    let provider = try await Provider(for: program)
    let terminal = try #require(
      program.start(["connect", "acme"] + provider.options, adding: Self.boundAtStart))
    #expect(terminal.goOnWithoutSecondKey())
    #expect(terminal.pressEnter(until: "Step 1 of"))
    #expect(copies(terminal) == 0)
    let before = shownCopies(terminal)
    type(terminal)
    #expect(terminal.wait(for: "40 characters"))
    #expect(copies(terminal) == 1, "the draft's own")
    let typed = shownCopies(terminal)

    // Ctrl-R shows the ends and hides them again.
    terminal.type("\u{12}")
    #expect(terminal.wait(for: "hide ends"))
    #expect(shownCopies(terminal) > typed, "what is shown is somewhere")
    #expect(copies(terminal) == 1)
    terminal.type("\u{12}")
    #expect(terminal.wait(for: "show ends"))
    #expect(shownCopies(terminal) == typed, "beside \(before) of others")

    #expect(terminal.pressEnter(until: "Asking Acme"))
    #expect(terminal.wait { _ in provider.server.requests.count == 1 })
    #expect(copies(terminal) > 1, "the check's own")
    terminal.type("\u{1B}")
    #expect(terminal.wait(for: "Check and store"))
    #expect(fewestCopies(terminal) == 1, "after a check that was cancelled")

    provider.speak()
    // Nothing is left to look through: the program ends with the save.
    #expect(terminal.pressEnter(until: "is linked"))
    #expect(terminal.waitForEnd() == 0)
  }

  @Test func `pasted, edited and thrown away, a secret leaves no copy behind`() async throws {
    let program = UsherProgram()
    let provider = try await Provider(for: program)
    let terminal = try #require(
      program.start(provider.options, adding: Self.boundAtStart))
    #expect(terminal.wait(for: "Acme"))
    terminal.type("acme")
    #expect(terminal.wait { !$0.text.contains("Tally") && $0.text.contains("Acme") })
    terminal.type("\r")
    #expect(terminal.goOnWithoutSecondKey())
    #expect(terminal.wait(for: "Link Acme"))
    #expect(terminal.pressEnter(until: "Step 1 of"))
    terminal.type("\u{1B}[200~")
    type(terminal)
    terminal.type("\u{1B}[201~")
    #expect(terminal.wait(for: "40 characters"))
    #expect(copies(terminal) == 1, "the draft's own")
    // One more character, and away with it.
    terminal.type("x")
    #expect(terminal.wait(for: "41 characters"))
    terminal.type("\u{7F}")
    #expect(terminal.wait(for: "40 characters"))
    #expect(copies(terminal) == 1)
    // Ctrl-U empties the field.
    terminal.type("\u{15}")
    #expect(terminal.wait { !$0.text.contains("40 characters") })
    #expect(copies(terminal) == 0, "after the field was emptied")

    type(terminal)
    #expect(terminal.wait(for: "40 characters"), "\(terminal.screen.text)")
    terminal.passQuietTime()
    terminal.type("\u{3}")
    #expect(terminal.wait(for: "Leave without"), "\(terminal.screen.text)")
    #expect(copies(terminal) == 1, "while the question stands")
  }
}
