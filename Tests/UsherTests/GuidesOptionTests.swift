import Glibc
import TestSupport
import Testing

/// What `--guides` may name.
@Suite(.timeLimit(.minutes(2)))
struct GuidesOptionTests {
  private let program = UsherProgram()

  private func link(from guides: String) -> ChildProcess {
    program.run(["connect", "acme", "--from", "-", "--guides", guides], input: "{}")
  }

  @Test func `a folder that may not be looked into is told as that`() {
    let folder = program.home.file("closed")
    unsafe mkdir(folder, 0o755)
    unsafe chmod(folder, 0)
    let result = link(from: folder)
    #expect(result.status == 1)
    #expect(result.errorText.contains("may not look into the folder"), "\(result.errorText)")
  }

  @Test func `a file is told as that`() {
    let result = link(from: program.write("display_name: Acme\n", to: "acme.yaml"))
    #expect(result.status == 1)
    #expect(result.errorText.contains("this is not a folder"), "\(result.errorText)")
  }

  @Test func `nothing at all is a mistake of usage`() {
    let result = link(from: "")
    #expect(result.status == 2)
    #expect(result.errorText.contains("--guides names no folder"), "\(result.errorText)")
  }
}
