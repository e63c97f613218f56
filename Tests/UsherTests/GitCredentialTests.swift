import Basics
import FoundationEssentials
import Glibc
import LoopbackSupport
import TestSupport
import Testing

/// `usher git-credential`, asked by git itself and by hand.
@Suite(.enabled(if: LoopbackCertificates.tool != nil, "needs openssl"), .timeLimit(.minutes(2)))
struct GitCredentialTests {
  private static let git = Tool.path("git")

  private let provider: AccessProvider

  init() async throws {
    provider = try await AccessProvider(UsherProgram())
    provider.link("acme", "depot", "forge")
  }

  private func get(_ arguments: String..., says input: String) -> ChildProcess {
    provider.program.run(
      ["git-credential"] + arguments + ["get"] + provider.options, input: input)
  }

  @Test func `a token is the password, and nothing else is printed`() {
    let asked = "protocol=https\nhost=git.example.com\npath=a.git\nwwwauth[]=Basic\n\n"
    let result = get("acme", says: asked)
    #expect(result.text == "username=oauth2\npassword=token-EXAMPLE-1\n", "\(result.errorText)")
    #expect(result.status == 0)
    #expect(
      get("acme", says: asked.replacing("path=a.git", with: "username=bob")).text
        == "username=bob\npassword=token-EXAMPLE-1\n")
    #expect(
      get("acme", "--username", "ann", says: "protocol=https\nusername=bob\n\n").text
        == "username=ann\npassword=token-EXAMPLE-1\n")
  }

  @Test func `without tokens the only secret is the password, and a user name is used`() {
    #expect(
      get("depot", says: "protocol=https\n\n").text
        == "username=oauth2\npassword=api-key-EXAMPLE\n")
    #expect(
      get("forge", says: "protocol=https\n").text == "username=ann\npassword=api-key-EXAMPLE\n")
  }

  @Test(arguments: ["http", "ftp"])
  func `where somebody could listen nothing is given`(scheme: String) {
    let result = get("acme", says: "protocol=\(scheme)\nhost=git.example.com\n\n")
    #expect(result.status == 1)
    #expect(result.text == "")
    #expect(result.errorText.contains("git gets no password for \(scheme)"))
    #expect(provider.state.tokens == 0)
  }

  @Test(arguments: ["store", "erase", "capability"])
  func `what keeps nothing succeeds without a word`(operation: String) {
    let result = provider.program.run(
      ["git-credential", "acme", operation] + provider.options,
      input: "protocol=https\nhost=h\nusername=u\npassword=p\n\n")
    #expect(result.status == 0)
    #expect(result.text == "" && result.errorText == "")
  }

  @Test func `a password that was refused is not given again`() {
    #expect(get("acme", says: "protocol=https\n\n").text.contains("token-EXAMPLE-1"))
    let other = "protocol=https\nusername=u\npassword=something-else\n\n"
    let refused = other.replacing("something-else", with: "token-EXAMPLE-1")
    for (input, next) in [(other, "token-EXAMPLE-1"), (refused, "token-EXAMPLE-2")] {
      let erased = provider.program.run(["git-credential", "acme", "erase"], input: input)
      #expect(erased.status == 0)
      #expect(get("acme", says: "protocol=https\n\n").text.contains(next))
    }
  }

  @Test func `a connection that is not there is said to whoever reads, and git gets nothing`() {
    let result = get("nothing", says: "protocol=https\n\n")
    #expect(result.status == 8)
    #expect(result.text == "")
  }

  @Test(.enabled(if: Self.git != nil, "needs git"))
  func `git asks it, and gets through`() async throws {
    let seen = "Basic " + Data("oauth2:token-EXAMPLE-1".utf8).base64EncodedString()
    // As much of a repository as ls-remote asks for.
    let server = try await LoopbackServer(.tls(.right)) { request in
      guard request.header("authorization") == seen else {
        return .answer(401, headers: ["www-authenticate": #"Basic realm="git""#])
      }
      let head = "0123456789abcdef0123456789abcdef01234567 refs/heads/main\n"
      return .answer(
        200, headers: ["content-type": "text/plain"], body: head.replacing(" ", with: "\t"))
    }
    let helper =
      "!"
      + (UsherProgram.command(["git-credential", "acme"]) + provider.options)
      .joined(separator: " ")
    let result = ChildProcess.run(
      Self.git ?? "",
      [
        "-c", "credential.helper=", "-c", "credential.helper=\(helper)",
        "-c", "http.sslCAInfo=\(provider.options[1])",
        "ls-remote", "https://localhost:\(server.port)/a.git",
      ],
      environment: provider.program.environment.merging(["GIT_TERMINAL_PROMPT": "0"]) { $1 })
    #expect(result.text.contains("refs/heads/main"), "\(result.errorText)")
    #expect(result.status == 0)
    await server.stop()
  }
}
