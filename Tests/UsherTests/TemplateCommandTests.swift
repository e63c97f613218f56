import Basics
import FoundationEssentials
import Glibc
import LoopbackSupport
import TestSupport
import Testing

/// `usher template`: which names it takes, what it writes where, and what it refuses.
@Suite(.enabled(if: LoopbackCertificates.tool != nil, "needs openssl"), .timeLimit(.minutes(2)))
struct TemplateCommandTests {
  private let provider: AccessProvider
  private let usher: UsherProgram
  /// A folder of the program's own account.
  private let folder: String

  init() async throws {
    usher = UsherProgram()
    provider = try await AccessProvider(usher)
    provider.link("depot", "acme")
    folder = usher.home.path
  }

  private func template(_ text: String, _ arguments: String...) -> ChildProcess {
    usher.run(["template", "-"] + arguments + provider.options, input: text)
  }

  private func mode(_ name: String) -> UInt32? {
    (try? FileStatus(of: usher.home.file(name), in: AT_FDCWD))?.mode
  }

  private func text(_ name: String) -> String? {
    TextFile.read(usher.home.file(name)).map { String(decoding: $0, as: UTF8.self) }
  }

  @Test func `values, settings and tokens go to a pipe, exactly`() {
    let result = template(
      "{{ depot.apiKey }}\n{{depot/default.credentials.apiKey}}\n{{ acme.params.tenant }}\n{{ acme.token }}{{ acme.accessToken }}",
      "--format", "raw")
    let (key, token) = (AccessProvider.key, "token-EXAMPLE-1")
    #expect(result.text == "\(key)\n\(key)\nnorth\n\(token)\(token)", "\(result.errorText)")
    #expect(result.status == 0)
    #expect(provider.state.tokens == 1, "a token is asked for once")
  }

  @Test func `one connection of several is named whole`() {
    provider.link("depot", name: "v1.2")
    #expect(
      template("{{ depot/v1.2.apiKey }}", "--format", "raw").text == AccessProvider.key)
    let usual = template("{{ depot.apiKey }}", "--format", "raw")
    #expect(usual.status == 0, "the one called default is meant")
  }

  @Test func `every name that means nothing is told at once, and nothing is asked or written`() {
    let result = template(
      "{{ acme.token }}\n é{{ dept.apiKey }} {{ depot.apKey }}\n{{ depot.token }} {{ depot }}\n",
      "--format", "raw", "-o", usher.home.file("out"))
    #expect(result.status == 1)
    #expect(result.text == "")
    for line in [
      "standard input:2:3: no connection dept", "did you mean depot/default?",
      "standard input:2:21: depot/default has no field apKey", "credentials.apiKey",
      "standard input:3:1: depot/default has no access token",
      "standard input:3:19: depot is no name",
      "nothing was written: 4 places",
    ] {
      #expect(result.errorText.contains(line), "\(result.errorText)")
    }
    #expect(text("out") == nil)
    #expect(provider.state.tokens == 0)
  }

  @Test func `a check tells what is used, and asks nobody`() {
    let good = template("{{ acme.token }} {{depot.apiKey}} {{ depot.apiKey }}", "--check")
    #expect(
      good.text == """
        CONNECTION     VALUES
        acme/default   token
        depot/default  apiKey

        """, "\(good.errorText)")
    #expect(good.status == 0)
    #expect(provider.state.tokens == 0)
    let bad = template("{{ acme.tokn }}", "--check", "--format", "yaml")
    #expect(bad.status == 1)
    #expect(bad.errorText.contains("standard input:1:1:"))
  }

  @Test func `the file is for its owner alone, and what is unchanged is left alone`() throws {
    let source = usher.write("{\"k\": {{ depot.apiKey }}}", to: "app.json.tmpl")
    let out = usher.home.file("app.json")
    let arguments = ["template", source, "-o", out]
    #expect(usher.run(arguments).text == "Wrote \(out).\n")
    #expect(text("app.json") == "{\"k\": \"\(AccessProvider.key)\"}")
    #expect(mode("app.json") == 0o600)
    let before = try FileStatus(of: out, in: AT_FDCWD)
    #expect(usher.run(arguments).text == "\(out) is unchanged.\n")
    #expect(try FileStatus(of: out, in: AT_FDCWD) == before)
    // A stricter mode is kept, and a wider one is not.
    unsafe chmod(out, 0o400)
    #expect(usher.run(arguments).text.contains("unchanged"))
    #expect(mode("app.json") == 0o400)
    unsafe chmod(out, 0o644)
    let narrowed = usher.run(arguments)
    #expect(narrowed.text.contains("Wrote"))
    #expect(narrowed.errorText.contains("could be read by others"))
    #expect(mode("app.json") == 0o600)
    #expect(try usher.writtenFiles().allSatisfy { !$0.name.contains(".usher-") })
  }

  @Test func `links, and directories that others can write to, are refused`() {
    let source = usher.write("{{ depot.apiKey }}", to: "app.env")
    let target = usher.write("old", to: "target")
    unsafe symlink(target, usher.home.file("link"))
    let link = usher.run(["template", source, "--format", "raw", "-o", usher.home.file("link")])
    #expect(link.status == 1)
    #expect(link.errorText.contains("it is a symbolic link"), "\(link.errorText)")
    #expect(text("target") == "old")
    let open = usher.home.file("open")
    unsafe mkdir(open, 0o777)
    unsafe chmod(open, 0o777)
    let shared = usher.run(["template", source, "--format", "raw", "-o", "\(open)/x"])
    #expect(shared.status == 1)
    #expect(shared.errorText.contains("could exchange the file"), "\(shared.errorText)")
    #expect(shared.errorText.contains("chmod go-w \(open)"))
    #expect(TextFile.read("\(open)/x") == nil)
  }

  @Test func `the template itself is not overwritten`() {
    let text = "{{ depot.apiKey }}"
    let copy = usher.run(
      ["template", "-", "--format", "raw", "-o", usher.home.file("own")],
      input: "{{{{ depot.apiKey }}")
    #expect(copy.status == 0, "\(copy.errorText)")
    let own = usher.home.file("own")
    let result = usher.run(["template", own, "--format", "raw", "-o", own])
    #expect(result.status == 2)
    #expect(result.errorText.contains("is the template itself"))
    #expect(self.text("own") == text)
  }

  @Test func `a value that would mean something else is refused, and never shown`() {
    let value = "odd-EXAMPLE'$x"
    let link = usher.run(
      ["connect", "depot", "--name", "odd", "--guides", usher.home.file("guides")]
        + ["--from", "-", "--key", "apiKey", "--no-check", "--insist"], input: value)
    #expect(link.status == 0, "\(link.errorText)")
    let result = template(
      "A='{{ depot/odd.apiKey }}'\nB={{ depot/odd.apiKey }}", "--format", "env", "-o",
      usher.home.file("out"))
    #expect(result.status == 1)
    #expect(result.errorText.contains("standard input:1:4: the value of depot/odd.apiKey has a '"))
    #expect(
      result.errorText.contains("standard input:2:3: the value of depot/odd.apiKey has signs"))
    #expect(!result.errorText.contains("odd-EXAMPLE"))
    #expect(text("out") == nil)
    let script = template("A={{ depot/odd.apiKey }}", "--format", "shell")
    #expect(script.text == #"A='odd-EXAMPLE'\''$x'"#, "\(script.errorText)")
  }

  @Test func `nothing goes to a terminal unless that is meant`() throws {
    let source = usher.write("<{{ depot.apiKey }}>", to: "app.txt")
    let refused = try #require(usher.start(["template", source, "--format", "raw"]))
    #expect(refused.wait(for: "a secret is not printed to a terminal"))
    #expect(refused.waitForEnd() == 2)
    let shown = try #require(usher.start(["template", source, "--format", "raw", "--reveal"]))
    #expect(shown.wait(for: "<\(AccessProvider.key)>"))
    #expect(shown.waitForEnd() == 0)
  }

  @Test func `a minus is standard output, and nothing else that is no file is written`() throws {
    let text = template("<{{ depot.apiKey }}>", "--format", "raw", "-o", "-")
    #expect(text.text == "<\(AccessProvider.key)>", "\(text.errorText)")
    let source = usher.write("<{{ depot.apiKey }}>", to: "app.txt")
    let terminal = try #require(usher.start(["template", source, "--format", "raw", "-o", "-"]))
    #expect(terminal.wait(for: "a secret is not printed to a terminal"))
    #expect(terminal.waitForEnd() == 2)
    let empty = template("{{ depot.apiKey }}", "--format", "raw", "-o", "")
    #expect(empty.status == 2)
    #expect(empty.errorText.contains("--output takes a file"), "\(empty.errorText)")
    let device = template("{{ depot.apiKey }}", "--format", "raw", "-o", "/dev/stdout")
    #expect(device.status == 2)
    #expect(device.text == "" && device.errorText.contains("- for standard output"))
  }

  @Test func `a template of more than a megabyte is refused`() {
    let result = template(String(repeating: "x", count: 1024 * 1024 + 1), "--format", "raw")
    #expect(result.errorText.contains("longer than 1 MiB"))
    #expect(result.status == 1)
  }

  @Test func `without a token there is no file`() async {
    await provider.server.stop()
    let result = template("{{ acme.token }}", "--format", "raw", "-o", usher.home.file("out"))
    #expect(result.status == 6)
    #expect(text("out") == nil)
  }
}
