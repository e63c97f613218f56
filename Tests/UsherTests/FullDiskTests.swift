import Glibc
import LoopbackSupport
import TestSupport
import Testing

/// Where nothing can be written: what is stored is read all the same, and an answer is told before it is noted.
@Suite(.enabled(if: LoopbackCertificates.tool != nil), .timeLimit(.minutes(2)))
struct FullDiskTests {
  private let program = UsherProgram()
  private var folder: String { program.home.file(".local/share/usher") }

  init() {
    let values = #"{"credentials": {"apiKey": "\#(TestProvider.tallyKey)"}}"#
    let result = program.run(["connect", "tally", "--from", "-", "--no-check"], input: values)
    #expect(result.status == 0, "\(result.errorText)")
  }

  private func shell(_ script: String) -> ChildProcess {
    let usher = UsherProgram.command([]).joined(separator: " ")
    return ChildProcess.run(
      "/bin/bash", ["-c", script.replacing("USHER", with: usher)],
      environment: program.environment)
  }

  @Test(arguments: ["get tally", "run tally -- printenv TALLY_API_KEY", "list", "show tally"])
  func `reading needs no room`(command: String) {
    let result = shell("ulimit -f 0; USHER \(command) | cat")
    #expect(result.errorText == "")
    #expect(result.text.contains(TestProvider.tallyKey) || result.text.contains("tally"))
  }

  @Test(arguments: ["get tally", "run tally -- printenv TALLY_API_KEY", "list", "show tally"])
  func `reading needs no right to write`(command: String) {
    unsafe chmod(program.storePath, 0o400)
    unsafe chmod(folder, 0o500)
    defer { unsafe chmod(folder, 0o700) }
    let result = shell("USHER \(command)")
    #expect(result.errorText == "")
    #expect(result.text.contains("tally") || result.text.contains(TestProvider.tallyKey))
  }

  @Test func `a limit on the size of files is named, and nothing stored is lost`() {
    let key = TestProvider.tallyKey
    let values = #"{"provider": "tally", "name": "b", "credentials": {"apiKey": "\#(key)"}}"#
    let result = shell("ulimit -f 4; echo '\(values)' | USHER connect --from - --no-check | cat")
    #expect(result.errorText.contains("1 connection was not stored"), "\(result.errorText)")
    #expect(result.errorText.contains("ulimit -f"), "\(result.errorText)")
    #expect(program.run(["get", "tally"]).text == key)
  }

  @Test func `what cannot be stored is said before anybody is asked`() async throws {
    let provider = try await TestProvider(for: program)
    unsafe chmod(program.storePath, 0o400)
    let values = #"{"credentials": {"apiKey": "\#(TestProvider.tallyKey)"}}"#
    let result = program.run(
      ["connect", "tally", "--name", "b", "--from", "-"] + provider.options, input: values)
    #expect(result.status == 7)
    #expect(result.errorText.contains("nothing can be stored"))
    #expect(provider.server.requests.isEmpty)
  }

  @Test func `an answer that cannot be noted is told, and decides`() async throws {
    let provider = try await TestProvider(for: program)
    let values = #"{"credentials": {"apiKey": "\#(TestProvider.tallyKey)"}}"#
    let linked = program.run(
      ["connect", "tally", "--name", "b", "--from", "-"] + provider.options, input: values)
    #expect(linked.status == 0, "\(linked.errorText)")
    unsafe chmod(program.storePath, 0o400)
    let result = program.run(["check", "tally/b", "--ca", provider.authority])
    #expect(result.status == 0)
    #expect(result.text.hasPrefix("tally/b: "))
    #expect(result.errorText.contains("the answer for tally/b was not noted"))
  }

  @Test func `the last try is told beside the last answer`() async throws {
    let provider = try await TestProvider(for: program)
    let values = #"{"credentials": {"apiKey": "\#(TestProvider.tallyKey)"}}"#
    let linked = program.run(
      ["connect", "tally", "--name", "b", "--from", "-"] + provider.options, input: values)
    #expect(linked.status == 0, "\(linked.errorText)")
    // Without its certificate nobody can be asked.
    #expect(program.run(["check", "tally/b"]).status == 6)
    let list = program.run(["list"]).text
    #expect(list.contains("accepted, ") && list.contains("; not reached, "), "\(list)")
    #expect(program.run(["check", "tally/b", "--ca", provider.authority]).status == 0)
    #expect(!program.run(["list"]).text.contains("not reached"))
  }

  @Test func `a taken name has two ways out, and both work`() {
    let values = #"{"credentials": {"apiKey": "\#(TestProvider.tallyKey)"}}"#
    let connect = ["connect", "tally", "--from", "-", "--no-check"]
    let taken = program.run(connect, input: values)
    #expect(taken.status == 2)
    #expect(taken.errorText.contains("--replace") && taken.errorText.contains("--name 2"))
    #expect(program.run(connect + ["--replace"], input: values).status == 0)
    #expect(program.run(connect + ["--name", "2"], input: values).status == 0)
    #expect(program.run(connect, input: values).errorText.contains("--name 3"))
  }

  @Test func `where nothing is linked a check says so`() {
    #expect(UsherProgram().run(["check", "--all"]).text.contains("Nothing is linked yet"))
  }

  @Test(.enabled(if: Tool.path("python3") != nil))
  func `whoever is waited for is named`() throws {
    // Holds the store until it is told that somebody waits for it.
    let script = """
      import sqlite3, subprocess, sys
      store = sqlite3.connect(sys.argv[1], isolation_level=None)
      store.execute("BEGIN EXCLUSIVE")
      usher = subprocess.Popen(sys.argv[2:], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
      note = usher.stderr.readline()
      store.execute("COMMIT")
      print(note + usher.communicate()[0], end="")
      """
    let command = UsherProgram.command(["get", "tally"])
    let result = ChildProcess.run(
      Tool.path("python3") ?? "", ["-c", script, program.storePath] + command,
      environment: program.environment)
    #expect(result.text.contains("waiting for process "), "\(result.errorText)")
    #expect(result.text.contains("(python3)"))
    #expect(result.text.hasSuffix(TestProvider.tallyKey))
  }

  @Test func `fields are completed from the connection that was named`() {
    let result = program.run([
      "---completion", "get", "--", "positional@1", "3", "0", "usher", "get", "tally", "",
    ])
    #expect(result.text.contains("credentials.apiKey"), "\(result.errorText)")
  }
}
