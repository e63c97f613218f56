import Glibc
import Secrets
import TerminalUI

/// A line terminal that plays a script. The transcript shows what a person would see: secrets as nothing.
struct ScriptedLines: LineDevice, ~Copyable {
  private(set) var transcript: [String] = []
  /// What was shown of each line.
  private(set) var echoes: [LineEcho] = []
  private var lines: ArraySlice<String>
  private let ending: LineInterruption

  init(_ lines: [String], ending: LineInterruption = .end) {
    self.lines = lines[...]
    self.ending = ending
  }

  mutating func print(_ line: String) { transcript.append(line) }

  mutating func readLine(_ prompt: String, echo: LineEcho, orNewsAt descriptor: Int32?) -> LineInput
  {
    echoes.append(echo)
    guard let line = lines.popFirst() else {
      transcript.append(prompt)
      return .interrupted(ending)
    }
    if line == "^C" {
      transcript.append(prompt + "^C")
      return .interrupted(.interrupt)
    }
    transcript.append(prompt + (echo == .nothing ? "" : line))
    return .line(SecretBuffer(line))
  }

  mutating func wait(for descriptor: Int32) -> LineInterruption? {
    waitUntilReadable(descriptor)
    return nil
  }
}

/// Waits for a descriptor, however long it takes: the suite's time limit ends what hangs.
func waitUntilReadable(_ descriptor: Int32) {
  var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
  while unsafe Glibc.poll(&poll, 1, -1) < 0 {}
}
