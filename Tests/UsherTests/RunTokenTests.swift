import Basics
import Glibc
import LoopbackSupport
import TestSupport
import Testing

/// `usher run` with a connection that has a token: which variables there are, and how long their values are good.
@Suite(.enabled(if: LoopbackCertificates.tool != nil, "needs openssl"), .timeLimit(.minutes(2)))
struct RunTokenTests {
  private let provider: AccessProvider

  init() async throws {
    provider = try await AccessProvider(UsherProgram())
    provider.link("acme")
  }

  private func run(_ arguments: [String], _ script: String) -> ChildProcess {
    provider.program.run(
      ["run", "acme"] + arguments + provider.options + ["--", "sh", "-c", script])
  }

  /// The variables of the connection.
  private func variables(_ arguments: String...) -> [String] {
    let result = run(arguments, "env")
    #expect(result.status == 0, "\(result.errorText)")
    return result.text.split(separator: "\n").map(String.init)
      .filter { $0.contains("EXAMPLE") || $0.contains("north") }.sorted()
  }

  @Test
  func `the token and the settings are handed over, and the client only where it is asked for`() {
    #expect(variables() == ["ACME_ACCESS_TOKEN=token-EXAMPLE-1", "ACME_TENANT=north"])
    #expect(
      variables("--env", "accessToken=TOKEN", "--env", "acme.client_secret=SECRET") == [
        "ACME_TENANT=north", "SECRET=\(AccessProvider.secret)", "TOKEN=token-EXAMPLE-1",
      ])
    #expect(provider.state.tokens == 1)
  }

  @Test func `two tokens never share a variable`() {
    provider.link("acme", name: "two")
    let result = provider.program.run(["run", "acme/default", "acme/two", "--", "env"])
    #expect(result.status == 2)
    #expect(result.errorText.contains("accessToken of acme/two"))
    #expect(result.errorText.contains("--env acme/two.accessToken=ACME_TWO_ACCESS_TOKEN"))
    #expect(provider.state.tokens == 0, "nobody is asked before that is clear")
  }

  @Test func `a role of AWS has a variable for each of its three values`() {
    provider.link("cloud")
    let result = provider.program.run(
      ["run", "cloud", "--env", "accessKeyId=AWS_ACCESS_KEY_ID"] + provider.options + ["--", "env"])
    #expect(result.text.contains("AWS_ACCESS_KEY_ID=ASIAEXAMPLE\n"), "\(result.errorText)")
    #expect(result.text.contains("CLOUD_SECRET_ACCESS_KEY=temporary/EXAMPLE\n"))
    #expect(result.text.contains("CLOUD_SESSION_TOKEN=session/EXAMPLE+==\n"))
    #expect(!result.text.contains("arn:aws:iam"))
  }

  @Test func `a token that ends soon is noted`() {
    provider.state.setLifetime(300)
    let result = run([], "exit 0")
    // The minutes that are left are whole ones.
    #expect(
      result.errorText.contains("the access token of acme/default ends in 4 minutes")
        || result.errorText.contains("the access token of acme/default ends in 5 minutes"))
    #expect(result.errorText.contains("--file"))
  }

  @Test func `without a token the command is not started`() async {
    await provider.server.stop()
    let result = run([], "echo started")
    #expect(result.status == 6)
    #expect(result.text == "")
  }

  @Test func `a file with a token is renewed while the command runs, and goes with it`() {
    // It is good for two of its three seconds.
    provider.state.setLifetime(3)
    let result = run(
      ["--file"],
      #"""
      f=$ACME_ACCESS_TOKEN_FILE; first=$(cat "$f"); [ "$(stat -c %a "$f")" = 600 ] || exit 1
      while now=$(cat "$f") && [ "$now" = "$first" ]; do :; done
      echo "$first $now $(stat -c %a "$f")"; dirname "$f"; env | grep -c EXAMPLE
      """#)
    let lines = result.text.split(separator: "\n").map(String.init)
    #expect(lines.first == "token-EXAMPLE-1 token-EXAMPLE-2 600", "\(result.errorText)")
    #expect(lines.last == "0")
    guard lines.count == 3 else { return }
    // The watcher is told by the system, and needs a moment of its own.
    while unsafe access(lines[1], F_OK) == 0 { sched_yield() }
    #expect(result.errorText == "", "what is renewed needs no note")
  }

  @Test
  func `while a renewal waits for the provider the folder goes with the command all the same`() {
    provider.state.setLifetime(3)
    provider.state.setMostTokens(1)
    let result = run(
      ["--file"],
      #"""
      dirname "$ACME_ACCESS_TOKEN_FILE"
      until grep -l '__che[c]k' /proc/[0-9]*/cmdline >/dev/null 2>&1; do :; done
      """#)
    let folder = String(result.text.dropLast())
    #expect(folder.contains("/usher-run-"), "\(result.errorText)")
    let end = ContinuousClock.now
    while unsafe access(folder, F_OK) == 0 { sched_yield() }
    // The provider would be waited for ten seconds.
    #expect(.now - end < .seconds(3))
  }

  @Test func `an identity that is read once is not asked for again, and that is said`() throws {
    provider.state.setLifetime(3)
    let usher = UsherProgram.command([]).joined(separator: " ")
    let options = provider.options.joined(separator: " ")
    let result = ChildProcess.run(
      "/bin/bash",
      [
        "-c",
        "\(usher) run acme --file --identity-fd 7 \(options) -- sh -c 'cat \"$ACME_ACCESS_TOKEN_FILE\"' 7<\(provider.program.identityPath)",
      ], environment: provider.program.environment)
    #expect(result.text == "token-EXAMPLE-1", "\(result.errorText)")
    #expect(result.errorText.contains("will not be renewed"))
  }

  @Test func `what renews has nothing in its arguments`() {
    // Other runs of the program on the machine have theirs.
    let list = "grep -l '__wat[c]h' /proc/[0-9]*/cmdline 2>/dev/null"
    let others = ChildProcess.run("/bin/sh", ["-c", list]).text.split(separator: "\n")
    let mine = "\(list) | grep -vxF -e none \(others.map { "-e \($0)" }.joined(separator: " "))"
    let result = run(
      ["--file"],
      """
      until p=$(\(mine)); do :; done
      for f in $p; do tr '\\0' ' ' <$f; echo; done
      """)
    #expect(result.text == "usher __watch \n", "\(result.errorText)")
  }
}
