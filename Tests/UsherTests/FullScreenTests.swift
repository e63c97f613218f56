import LoopbackSupport
import TestSupport
import Testing

/// The program on a terminal, from the first screen to the last use of what was linked.
@Suite(.enabled(if: LoopbackCertificates.tool != nil), .timeLimit(.minutes(2)))
struct FullScreenTests {
  @Test func `a Tally account is linked, used by scripts, and removed`() async throws {
    let program = UsherProgram()
    let provider = try await TestProvider(for: program)
    let terminal = try #require(program.start(["connect", "tally"] + provider.options))

    #expect(terminal.goOnWithoutSecondKey())
    #expect(terminal.wait(for: "Link Tally"))
    // A long path is broken wherever a line ends.
    let said = terminal.screen.text.filter { !$0.isWhitespace }
    for words in ["usher.db", "encryptedwithagev1", "andstoreastally/default"] {
      #expect(said.contains(words))
    }
    terminal.type(TestProvider.tallyKey)
    #expect(terminal.wait(for: "36 characters"))
    #expect(terminal.screen.text.contains("looks complete"))
    #expect(terminal.pressEnter(until: "Tally is linked"))
    #expect(terminal.waitForEnd() == 0)
    let closing = String(decoding: terminal.output, as: UTF8.self)
    for words in ["jane@example.com", "usher run tally -- COMMAND", "TALLY_API_KEY"] {
      #expect(closing.contains(words))
    }
    #expect(terminal.damage == [])
    #expect(!String(decoding: terminal.output, as: UTF8.self).contains("0aZ9bY8cX7"))

    #expect(program.run(["get", "tally"]).text == TestProvider.tallyKey)
    let run = program.run([
      "run", "tally", "--", "sh", "-c", #"printf %s "$TALLY_API_KEY"; exit 7"#,
    ])
    #expect(run.text == TestProvider.tallyKey)
    #expect(run.status == 7)
    #expect(program.run(["list"]).text.contains("jane@example.com"))
    let check = program.run(["check", "tally", "--ca", provider.authority])
    #expect(check.status == 0, "\(check.errorText)")
    #expect(program.run(["remove", "tally", "--yes"]).status == 0)
    #expect(program.run(["get", "tally"]).status == 8)
  }

  @Test func `an identity that comes by a descriptor is read once and serves the whole session`()
    async throws
  {
    let program = UsherProgram()
    let provider = try await TestProvider(for: program)
    let values = #"{"credentials": {"apiKey": "\#(TestProvider.tallyKey)"}}"#
    #expect(
      program.run(["connect", "tally", "--from", "-"] + provider.options, input: values).status
        == 0)
    let command = UsherProgram.command(
      ["connect", "tally", "--name", "lab", "--identity-fd", "7"] + provider.options)
    let terminal = try #require(
      PseudoTerminal(
        "/bin/sh", ["-c", #"exec "$@" 7< "$IDENTITY""#, "sh"] + command,
        environment: program.environment.merging(["IDENTITY": program.identityPath]) { $1 },
        columns: 80, rows: 24))
    #expect(terminal.wait(for: "Link Tally"))
    terminal.type(TestProvider.tallyKey)
    #expect(terminal.wait(for: "36 characters"))
    #expect(terminal.pressEnter(until: "Tally is linked"))
    #expect(terminal.waitForEnd() == 0)
    #expect(program.run(["get", "tally/lab"]).text == TestProvider.tallyKey)
  }

  @Test func `a Tailscale token is linked with the organization that is offered`() async throws {
    let program = UsherProgram()
    let provider = try await TestProvider(for: program)
    let terminal = try #require(
      program.start(["connect", "tailscale-api-key", "--name", "lab"] + provider.options))

    #expect(terminal.goOnWithoutSecondKey())
    #expect(terminal.pressEnter(until: "Step 1 of"))
    // The offered value is taken with Ctrl-Y.
    terminal.type("\u{19}")
    #expect(terminal.pressEnter(until: "Step 2 of"))
    // A bracketed paste with a blank at each end, which is mended.
    terminal.type("\u{1B}[200~ \(TestProvider.tailscaleKey) \u{1B}[201~")
    #expect(terminal.wait(for: "tskey-api-"))
    #expect(terminal.pressEnter(until: "Step 3 of 3"))
    #expect(terminal.pressEnter(until: "Check and store"))
    #expect(terminal.pressEnter(until: "is linked"))
    #expect(terminal.waitForEnd() == 0)
    #expect(String(decoding: terminal.output, as: UTF8.self).contains("2099-01-01"))

    #expect(
      program.run(["get", "tailscale-api-key/lab", "apiKey"]).text == TestProvider.tailscaleKey)
    #expect(program.run(["get", "tailscale-api-key/lab", "organizationName"]).text == "-")
  }

  @Test func `a refused key is explained, can be corrected, and nothing is stored before`()
    async throws
  {
    let program = UsherProgram()
    let provider = try await TestProvider(for: program)
    let terminal = try #require(program.start(["connect", "tally"] + provider.options))
    #expect(terminal.goOnWithoutSecondKey())
    #expect(terminal.wait(for: "Link Tally"))
    terminal.type("tly-1aZ9bY8cX7dW6eV5fU4gT3hS2EXAMPLE")
    #expect(terminal.wait(for: "36 characters"))
    #expect(terminal.pressEnter(until: "Tally does not know this key"))
    #expect(program.run(["list", "--json"]).text == #"{"connections":[]}"# + "\n")
    terminal.leave()
    #expect(terminal.waitForEnd() == 5)
    // The draft is kept, at the latest by the end, and nothing that was written for it can be read without the identity.
    let files = try program.writtenFiles()
    #expect(files.contains { $0.name.hasSuffix("usher.db") })
    for file in files { #expect(!file.holds("1aZ9bY8cX7"), "\(file.name)") }
  }

  @Test func `the built-in picker leads to a provider and back`() async throws {
    let program = UsherProgram()
    let terminal = try #require(program.start([]))
    #expect(terminal.wait(for: "Tailscale"))
    terminal.type("tally")
    #expect(terminal.wait { !$0.text.contains("Tailscale") && $0.text.contains("Tally") })
    terminal.type("\r")
    #expect(terminal.goOnWithoutSecondKey())
    #expect(terminal.wait(for: "Link Tally"))
    terminal.type("\u{1B}")
    #expect(terminal.wait { !$0.text.contains("Link Tally") })
    terminal.type("\u{3}")
    #expect(terminal.waitForEnd() == 3)
    #expect(terminal.damage == [])
  }
}
