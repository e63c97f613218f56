import Basics
import TestSupport
import Testing

/// `usher keys trust`, and what leads to it.
@Suite(.timeLimit(.minutes(2)))
struct KeysTrustTests {
  private let program = UsherProgram()

  private func link(_ key: String, _ options: [String] = []) {
    let result = program.run(
      ["connect", "tally", "--from", "-", "--no-check", "--insist"] + options,
      input: #"{"credentials": {"apiKey": "\#(key)"}}"#)
    #expect(result.status == 0, "\(result.errorText)")
  }

  @Test func `a store that was put back is refused, told by doctor, and trusted after a yes`()
    throws
  {
    link("older-EXAMPLE")
    let old = try #require(TextFile.read(program.storePath))
    link("newer-EXAMPLE", ["--replace"])
    #expect(program.run(["get", "tally"]).text == "newer-EXAMPLE")
    TextFile.write(old, to: program.storePath)

    let refused = program.run(["get", "tally"])
    #expect(refused.status == 7)
    #expect(refused.text == "")
    #expect(refused.errorText.contains("version 1, and this machine remembers version 2"))
    #expect(refused.errorText.contains("usher: hint: if you put a backup back: usher keys trust"))
    let doctor = program.run(["doctor"])
    #expect(doctor.status == 1)
    #expect(doctor.text.contains("versions: tally/default"))

    let unasked = program.run(["keys", "trust"])
    #expect(unasked.status == 4)
    #expect(unasked.text.contains("tally/default is not what was last seen here"))
    #expect(program.run(["get", "tally"]).status == 7)
    let trusted = program.run(["keys", "trust", "--yes"])
    #expect(trusted.status == 0)
    #expect(trusted.text.hasSuffix("Remembered.\n"))
    #expect(program.run(["get", "tally"]).text == "older-EXAMPLE")
    #expect(program.run(["doctor"]).status == 0)
    #expect(program.run(["keys", "trust"]).text == "This machine knows the store as it is.\n")
  }

  @Test func `before there is a store there is nothing to trust`() {
    let result = program.run(["keys", "trust", "--yes"])
    #expect(result.status == 1)
    #expect(result.errorText.contains("nothing was stored there yet"))
  }
}
