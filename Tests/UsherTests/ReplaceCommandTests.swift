import Basics
import LoopbackSupport
import TestSupport
import Testing

/// `usher replace` and `usher edit`, in scripts and on a terminal.
@Suite(.enabled(if: LoopbackCertificates.tool != nil), .timeLimit(.minutes(2)))
struct ReplaceCommandTests {
  // MARK: Without hands

  @Test func `a new key of the same account takes the old one's place, and settings stay`()
    async throws
  {
    let vault = try await KeyProvider()
    #expect(vault.link().status == 0)
    let result = vault.run(
      "replace", "vault", "--from", "-", input: KeyProvider.values(KeyProvider.new))
    #expect(result.status == 0, "\(result.errorText)")
    #expect(result.text.contains("Replaced vault/default."))
    #expect(vault.value() == KeyProvider.new)
    #expect(vault.value("subdomain") == "north")
  }

  @Test func `the bare value does with --key, and what is checked is the new one`() async throws {
    let vault = try await KeyProvider()
    #expect(vault.link().status == 0)
    let bad = vault.run(
      "replace", "vault", "--from", "-", "--key", "apiKey", input: "key-bad-1qW2eR3t-EXAMPLE\n")
    #expect(bad.status == 5, "\(bad.errorText)")
    #expect(vault.value() == KeyProvider.old)
    let good = vault.run(
      "replace", "vault", "--from", "-", "--key", "apiKey", input: KeyProvider.new + "\n")
    #expect(good.status == 0, "\(good.errorText)")
    #expect(vault.value() == KeyProvider.new)
  }

  @Test(arguments: ["replace vault", "connect vault --replace"])
  func `a key of another account is refused with 5 unless that is wanted`(words: String)
    async throws
  {
    let vault = try await KeyProvider()
    #expect(vault.link().status == 0)
    let command = words.split(separator: " ").map(String.init) + ["--from", "-"] + vault.options
    let input = KeyProvider.values(KeyProvider.bobs, subdomain: "north")
    let refused = vault.program.run(command, input: input)
    #expect(refused.status == 5)
    #expect(refused.errorText.contains("bob") && refused.errorText.contains("jane"))
    #expect(refused.errorText.contains("--other-account"))
    #expect(vault.value() == KeyProvider.old)
    let json = vault.program.run(command + ["--json"], input: input)
    #expect(json.status == 5)
    #expect(try Value(json: json.text).map?["diagnosis"] == .string("wrong_tenant"))
    #expect(try Value(json: json.text).map?["stored"] == .bool(false))
    let wanted = vault.program.run(command + ["--other-account"], input: input)
    #expect(wanted.status == 0, "\(wanted.errorText)")
    #expect(vault.value() == KeyProvider.bobs)
  }

  @Test func `where no account is told another setting counts as another one, and else it is said`()
    async throws
  {
    let vault = try await KeyProvider(tellsAccount: false)
    #expect(vault.link().status == 0)
    let other = vault.run(
      "replace", "vault", "--from", "-",
      input: KeyProvider.values(KeyProvider.new, subdomain: "south"))
    #expect(other.status == 5)
    #expect(other.errorText.contains("subdomain south"))
    let same = vault.run(
      "replace", "vault", "--from", "-", "--json", input: KeyProvider.values(KeyProvider.new))
    #expect(same.status == 0, "\(same.errorText)")
    #expect(try Value(json: same.text).map?["same_account"] == .null)
  }

  @Test func `what the file leaves out is an error where it is a secret, and nothing is asked`()
    async throws
  {
    let vault = try await KeyProvider()
    #expect(vault.link().status == 0)
    let asked = vault.server.requests.count
    let result = vault.run(
      "replace", "vault", "--from", "-", input: #"{"params": {"subdomain": "north"}}"#)
    #expect(result.status == 1)
    #expect(result.errorText.contains("apiKey"))
    #expect(vault.server.requests.count == asked)
  }

  @Test func `a dry run shows the request and changes nothing`() async throws {
    let vault = try await KeyProvider()
    #expect(vault.link().status == 0)
    let result = vault.run(
      "replace", "vault", "--from", "-", "--dry-run", input: KeyProvider.values(KeyProvider.new))
    #expect(result.status == 0, "\(result.errorText)")
    #expect(result.text.contains("/me") && !result.text.contains("7dW6eV5f"))
    #expect(vault.value() == KeyProvider.old)
  }

  @Test func `every other way of asking has its code`() async throws {
    let vault = try await KeyProvider()
    #expect(vault.run("replace", "vault", "--from", "-", input: "{}").status == 8)
    #expect(vault.link().status == 0)
    #expect(vault.run("replace", "vault").status == 4)
    #expect(vault.run("edit", "vault").status == 4)
    #expect(vault.run("replace", "vault", "--undo", "--from", "-").status == 2)
    #expect(vault.run("replace", "vault", "--other-account").status == 2)
    #expect(vault.run("edit", "vault", "--from", "-").status == 2)
    #expect(vault.run("edit", "vault", "apiKey", "--expires", "90d").status == 2)
  }

  // MARK: One value

  @Test func `one value gives way to another, and everything else stays`() async throws {
    let vault = try await KeyProvider()
    #expect(vault.link().status == 0)
    let result = vault.run(
      "edit", "vault", "apiKey", "--from", "-", input: KeyProvider.new + "\n")
    #expect(result.status == 0, "\(result.errorText)")
    #expect(result.text.contains("Changed vault/default."))
    #expect(vault.value() == KeyProvider.new)
    #expect(vault.value("subdomain") == "north")
    let other = vault.run("edit", "vault", "apiKey", "--from", "-", input: KeyProvider.bobs)
    #expect(other.status == 5)
    #expect(vault.value() == KeyProvider.new)
    let setting = vault.run("edit", "vault", "subdomain", "--from", "-", input: "south")
    #expect(setting.status == 0, "\(setting.errorText)")
    #expect(vault.value("subdomain") == "south")
  }

  @Test func `a field that there is none of is named`() async throws {
    let vault = try await KeyProvider()
    #expect(vault.link().status == 0)
    let result = vault.run("edit", "vault", "apikey", "--from", "-", input: "x")
    #expect(result.status == 2)
    #expect(result.errorText.contains("apiKey"))
  }

  @Test func `the end alone is changed without asking anybody`() async throws {
    let vault = try await KeyProvider()
    #expect(vault.link().status == 0)
    let asked = vault.server.requests.count
    let result = vault.run("edit", "vault", "--expires", "90d")
    #expect(result.status == 0, "\(result.errorText)")
    #expect(result.text.contains("vault/default ends on"))
    #expect(vault.server.requests.count == asked)
    #expect(vault.value() == KeyProvider.old)
    #expect(vault.run("edit", "vault", "--expires", "soon").status != 0)
  }

  // MARK: On a terminal

  @Test func `the wizard replaces a key, and says that it does`() async throws {
    let vault = try await KeyProvider()
    #expect(vault.link().status == 0)
    let terminal = try #require(vault.program.start(["replace", "vault"] + vault.options))
    #expect(terminal.wait(for: "Replace vault/default"))
    #expect(terminal.wait(for: "jane"))
    #expect(terminal.pressEnter(until: "north"))
    #expect(terminal.screen.text.contains("Replace vault/default"))
    // What is known is there, and the focus is on what is not.
    terminal.type(KeyProvider.new)
    #expect(terminal.wait(for: "24 characters"))
    #expect(terminal.pressEnter(until: "Check and replace"))
    #expect(terminal.pressEnter(until: "is replaced"))
    #expect(terminal.waitForEnd() == 0)
    let closing = String(decoding: terminal.output, as: UTF8.self)
    #expect(closing.contains("usher replace vault --undo"))
    #expect(closing.contains("https://vault.example/keys"))
    #expect(!closing.contains("7dW6eV5f"))
    #expect(vault.value() == KeyProvider.new)
  }

  @Test func `an edit on a terminal shows everything but the secret`() async throws {
    let vault = try await KeyProvider()
    #expect(vault.link().status == 0)
    let terminal = try #require(vault.program.start(["edit", "vault"] + vault.options))
    #expect(terminal.wait(for: "Leave it as it is"))
    #expect(terminal.screen.text.contains("north"))
    #expect(!String(decoding: terminal.output, as: UTF8.self).contains("0aZ9bY8c"))
    terminal.type("\u{1B}")
    #expect(terminal.waitForEnd() == 3)
    #expect(vault.value() == KeyProvider.old)
  }

  // MARK: What was there

  @Test func `what was there comes back, and goes again`() async throws {
    let vault = try await KeyProvider()
    #expect(vault.link().status == 0)
    #expect(
      vault.run("replace", "vault", "--from", "-", input: KeyProvider.values(KeyProvider.new))
        .text.contains("--undo"))
    let undone = vault.run("replace", "vault", "--undo")
    #expect(undone.status == 0, "\(undone.errorText)")
    #expect(vault.value() == KeyProvider.old)
    #expect(vault.run("replace", "vault", "--undo").status == 0)
    #expect(vault.value() == KeyProvider.new)
  }

  @Test func `a key that only a person can revoke is said to be good, with the page`() async throws
  {
    let vault = try await KeyProvider()
    #expect(vault.link().status == 0)
    let nothing = vault.run("replace", "vault", "--revoke-old")
    #expect(nothing.status == 1)
    let result = vault.run(
      "replace", "vault", "--from", "-", "--revoke-old",
      input: KeyProvider.values(KeyProvider.new))
    #expect(result.status == 1, "\(result.errorText)")
    #expect(result.errorText.contains("https://vault.example/keys"))
    #expect(vault.value() == KeyProvider.new)
  }

  @Test func `a script that is run again does not lose what it took the place of`() async throws {
    let vault = try await KeyProvider()
    #expect(vault.link().status == 0)
    #expect(vault.run("replace", "vault", "--undo").status == 1)
    for _ in 1...2 {
      let result = vault.run(
        "replace", "vault", "--from", "-", input: KeyProvider.values(KeyProvider.new))
      #expect(result.status == 0, "\(result.errorText)")
    }
    #expect(vault.program.run(["history", "vault"]).text.ranges(of: "values replaced").count == 1)
    #expect(vault.run("replace", "vault", "--undo").status == 0)
    #expect(vault.value() == KeyProvider.old)
  }

  @Test(arguments: ["--expires 90d", "--no-check", "--set subdomain=x", "--scope all"])
  func `what an undo would not look at is refused`(option: String) async throws {
    let vault = try await KeyProvider()
    let words = option.split(separator: " ").map(String.init)
    let result = vault.program.run(["replace", "vault", "--undo"] + words)
    #expect(result.status == 2)
    #expect(result.errorText.contains("--undo"))
  }

  @Test func `a key that was not changed is never revoked with the old one`() async throws {
    let vault = try await KeyProvider()
    #expect(vault.link().status == 0)
    let same = vault.run(
      "replace", "vault", "--from", "-", "--revoke-old",
      input: KeyProvider.values(KeyProvider.old))
    #expect(same.status == 1)
    #expect(same.errorText.contains("nothing older is kept"))
  }
}
