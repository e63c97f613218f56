import Basics
import CLinux
import CursesTerminal
import Secrets
import TerminalUI

/// A program for the tests of the terminal: a form, or two questions line by line, under the supervisor.
@main
enum TerminalFixture {
  static func main() {
    ProcessHardening.apply()
    let arguments = CommandLine.arguments.dropFirst()
    let body = arguments.contains("lines") ? lines : form
    exit(arguments.contains("unsupervised") ? body() : Supervisor.run(body))
  }

  private static func form() -> Int32 {
    let code: Int32
    do {
      let mailbox = eventfd(0, Int32(EFD_CLOEXEC))
      var session = try CursesSession(mailbox: mailbox)
      var form = Form(mailbox: mailbox)
      code = form.run(on: &session)
    } catch {
      print(error.explanation.what, error.explanation.why ?? "", separator: ": ")
      return 4
    }
    // The terminal is given back: what is printed now stays.
    if CommandLine.arguments.contains("lingering") { pause() }
    if code < 0 { Supervisor.die(of: -code) }
    print("left with \(code)")
    return code
  }

  private static func code(of interruption: LineInterruption) -> Int32 {
    switch interruption {
    case .interrupt: 130
    case .end: 3
    case .terminated(let signal): 128 + signal
    }
  }

  private static func lines() -> Int32 {
    do {
      var terminal = try LineTerminal()
      terminal.print("• Two questions")
      let first = CommandLine.arguments.contains("choice") ? LineEcho.typed : .all
      for (prompt, echo) in [("Name: ", first), ("Key: ", .nothing)] {
        switch terminal.readLine(prompt, echo: echo) {
        case .line(let line):
          let sum = line.withBytes { bytes in Checksum.of(bytes) }
          terminal.print("\(line.count) bytes, sum \(sum)")
        case .interrupted(let interruption): return code(of: interruption)
        case .news: break
        }
      }
      if !CommandLine.arguments.contains("waiting") { return 0 }
      terminal.print("Waiting")
      let never = eventfd(0, Int32(EFD_CLOEXEC))
      return terminal.wait(for: never).map(code) ?? 0
    } catch {
      print(error.explanation.what)
      return 4
    }
  }
}
