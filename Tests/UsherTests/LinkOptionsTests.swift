import ArgumentParser
import FoundationEssentials
import ProviderFormat
import Requests
import TestSupport
import Testing

@testable import Basics
@testable import usher

/// What the command line says of a link that takes a person's consent.
@Suite struct LinkOptionsTests {
  private func plan(_ arguments: [String], slug: String = "slack") throws -> LinkPlan {
    let provider = Provider(slug: slug, displayName: "Acme", authMode: .oauth2, origin: .builtIn)
    return try LinkOptions.parse(arguments).plan(for: provider)
  }

  @Test func `each option has its place in the plan`() throws {
    let plan = try plan([
      "--scope", "a,b", "--scope=c", "--user-scope", "d e", "--param", "prompt=consent",
      "--param", "x=", "--redirect-uri", "https://usher.example/back", "--device",
      "--allow-loopback", "--register-anew",
    ])
    #expect(plan.scopes?.names == ["a", "b", "c"])
    #expect(plan.userScopes.names == ["d", "e"])
    #expect(plan.parameters.map(\.name) == ["prompt", "x"])
    #expect(plan.parameters.map(\.value) == ["consent", ""])
    #expect(plan.callback.address == "https://usher.example/back")
    #expect(plan.usesDevice && plan.allowsLoopback && plan.registersAnew)
  }

  @Test func `what is not said is what the entry asks for by itself`() throws {
    #expect(try plan([]) == LinkPlan())
    #expect(try plan(["--scope", ""]).scopes == Scopes())
    #expect(try plan(["--port", "9000"]).callback == .loopback(port: 9000))
  }

  @Test(arguments: [
    ["--port", "0"], ["--port", "6000"],
    ["--port", "9000", "--redirect-uri", "http://127.0.0.1:1/"],
    ["--param", "=x"], ["--param", "x"], ["--client-id="],
  ])
  func `what makes no sense is a mistake of usage`(_ arguments: [String]) {
    #expect(throws: (any Error).self) { try LinkOptions.parse(arguments) }
  }

  @Test(arguments: [
    ["--param", "client_secret=abc"], ["--param", "password=abc"], ["--param", "state=abc"],
    ["--param", "redirect_uri=https://abc.example"], ["--param", "code_challenge_method=plain"],
    ["--redirect-uri", "http://usher.example/"], ["--redirect-uri", "nothing"],
  ])
  func `secrets and open addresses are refused`(_ arguments: [String]) throws {
    let options = try LinkOptions.parse(arguments)
    let provider = Provider(slug: "acme", displayName: "Acme", authMode: .oauth2, origin: .builtIn)
    let error = #expect(throws: (any Error).self) { try options.plan(for: provider) }
    let text = (error as? any Explained)?.explanation
    #expect(text != nil && !"\(text as Any)".contains("abc"))
  }

  @Test func `rights of a person are for the provider that knows them`() {
    #expect(throws: (any Error).self) { try plan(["--user-scope", "a"], slug: "acme") }
  }

  // MARK: From where somebody is logged in

  @Test(arguments: [
    ("10.0.0.7 50022 10.0.0.5 22", "op@10.0.0.5"), ("::1 50022 ::1 22", "op@box"),
    ("10.0.0.7 50022 127.0.0.1 2222", "-p 2222 op@box"),
  ])
  func `a tunnel leads back to where the browser is`(connection: String, login: String) {
    let environment = Environment(variables: ["SSH_CONNECTION": connection, "LOGNAME": "op"])
    #expect(Tunnel(in: environment, user: nil, machine: "box")?.login == login)
  }

  @Test(arguments: [
    [:], ["SSH_CONNECTION": "10.0.0.7"],
    ["SSH_CONNECTION": "10.0.0.7 1 10.0.0.5 22", "LOGNAME": "a;b"],
  ])
  func `there is none outside of ssh, nor one that a shell would take apart`(
    variables: [String: String]
  ) {
    #expect(Tunnel(in: Environment(variables: variables), user: nil, machine: "box") == nil)
  }

  // MARK: The program

  private static let guides = """
    acme:
      display_name: Acme
      auth_mode: OAUTH2
      authorization_url: https://acme.example/authorize
      token_url: https://acme.example/token
      default_scopes: [read]
    acme-key: {display_name: Acme (key), auth_mode: API_KEY, proxy: {base_url: 'https://acme.example'}}
    braintree: {display_name: Braintree, auth_mode: OAUTH2, token_url: 'https://b.example/token'}
    braintree-api: {display_name: Braintree API, auth_mode: API_KEY, proxy: {base_url: 'https://b.example'}}

    """

  private func folder() throws -> TemporaryDirectory {
    let folder = TemporaryDirectory()
    TextFile.write(Self.guides, to: folder.file("providers.yaml"))
    TextFile.write("acme:\n  - read\n  - write\n", to: folder.file("providers.scopes.yaml"))
    for path in [folder.path, folder.file("providers.yaml"), folder.file("providers.scopes.yaml")] {
      try FileManager.default.setAttributes(
        [.posixPermissions: path == folder.path ? 0o755 : 0o644], ofItemAtPath: path)
    }
    return folder
  }

  @Test func `options without a meaning are refused, each with its reason`() throws {
    let folder = try folder()
    let program = UsherProgram()
    let tail = ["--guides", folder.path, "--from", "-"]
    for (arguments, words) in [
      (["acme-key", "--scope", "a"], "--scope has no meaning for Acme (key)"),
      (["acme", "--no-check"], "--no-check has no meaning for Acme"),
      (["acme", "--key", "client_id"], "--key has no meaning for Acme"),
      (["acme", "--app", "a/b"], "cannot be an application's name"),
    ] {
      let result = program.run(["connect"] + arguments + tail, input: "{}")
      #expect(result.status == 2, "\(result.errorText)")
      #expect(result.errorText.contains(words), "\(result.errorText)")
    }
    #expect(program.run(["connect", "--from", "-", "--scope", "a"], input: "[]").status == 2)
  }

  @Test func `only what cannot be linked from here says so`() throws {
    let folder = try folder()
    let program = UsherProgram()
    let result = program.run(
      ["connect", "braintree", "--from", "-", "--guides", folder.path], input: "{}")
    #expect(result.status == 1)
    #expect(result.errorText.contains("Braintree cannot be linked from here"))
    #expect(result.errorText.contains("usher connect braintree-api"))
    let list = program.run(["guides", "list", "--guides", folder.path])
    #expect(list.text.contains("not from here") && list.text.contains("consent"))
  }

  @Test func `a dry run tells the address and the request for a token, without secrets`() throws {
    let folder = try folder()
    let program = UsherProgram()
    let values = #"{"client_id":"id-1","client_secret":"s3cret-value","scopes":["write"]}"#
    let arguments = ["connect", "acme", "--from", "-", "--guides", folder.path, "--dry-run"]
    let result = program.run(arguments, input: values)
    #expect(result.status == 0, "\(result.errorText)")
    #expect(
      result.text.contains("https://acme.example/authorize?response_type=code&client_id=id-1"))
    #expect(result.text.contains("scope=write") && result.text.contains("ANSWER-code"))
    #expect(!result.text.contains("s3cret-value"))
    let revealed = program.run(arguments + ["--reveal"], input: values)
    #expect(revealed.text.contains("s3cret-value"))
    let renewal = program.run(
      arguments, input: #"{"client_id":"id-1","refresh_token":"r3fresh-token"}"#)
    #expect(renewal.text.contains("grant_type") && !renewal.text.contains("authorize?"))
    #expect(!renewal.text.contains("r3fresh-token"))
  }

  @Test func `the file is held to the form, and says what is missing`() throws {
    let folder = try folder()
    let program = UsherProgram()
    let arguments = ["connect", "acme", "--from", "-", "--guides", folder.path]
    for (input, words) in [
      ("{}", "credentials.oauth_client_id_override"), ("nothing", "no whole JSON object"),
      (#"{"client_id":"a""#, "no whole JSON object"),
      (#"{"client":"a"}"#, "no section"), (#"{"app":"none"}"#, "no application none is kept"),
    ] {
      let result = program.run(arguments, input: input)
      #expect(result.status == 1)
      #expect(result.errorText.contains(words), "\(result.errorText)")
      #expect(result.text.isEmpty)
    }
  }

  @Test func `the address is the one line of output, and a missing answer is told`() throws {
    let folder = try folder()
    let program = UsherProgram()
    let arguments = ["connect", "acme", "--from", "-", "--guides", folder.path, "--port", "9000"]
    let values = #"{"client_id":"id-1","client_secret":"s3cret-value"}"#
    let silent = program.run(arguments, input: values)
    #expect(silent.status == 1)
    #expect(silent.text.split(separator: "\n").count == 1)
    #expect(
      silent.text.hasPrefix("https://acme.example/authorize?response_type=code&client_id=id-1"))
    #expect(
      silent.text.contains("127.0.0.1%3A9000%2Fcallback") && silent.text.contains("scope=read"))
    #expect(silent.errorText.contains("no answer came"))
    for (answer, status) in [
      ("http://127.0.0.1:9000/callback?error=access_denied", Int32(5)),
      ("http://127.0.0.1:9000/callback?code=c0de-1&state=other", 1), ("c0de-1", 1),
    ] {
      let result = program.run(arguments, input: values + "\n" + answer + "\n")
      #expect(result.status == status, "\(result.errorText)")
      #expect(!result.errorText.contains("c0de-1") && !result.errorText.contains("s3cret"))
    }
    #expect(program.run(["list", "--json"]).text == #"{"connections":[]}"# + "\n")
  }

  @Test func `scripts are told the rights that a provider knows`() throws {
    let folder = try folder()
    let result = UsherProgram().run(["guides", "show", "acme", "--json", "--guides", folder.path])
    let value = try result.text.withBytes { try Value(json: $0) }
    #expect(value["scopes"]?.texts == ["read", "write"])
    #expect(value["default_scopes"]?.texts == ["read"])
    #expect(value["linkable"]?.bool == true)
  }
}
