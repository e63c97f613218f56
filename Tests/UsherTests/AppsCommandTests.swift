import Basics
import Connections
import LoopbackSupport
import TestSupport
import Testing

/// `usher apps`: what is kept of the operator's own applications.
@Suite(.enabled(if: LoopbackCertificates.tool != nil, "needs openssl"), .timeLimit(.minutes(2)))
struct AppsCommandTests {
  private let provider: LinkedProvider
  private let other = ConnectionName(provider: "hub", name: "work")!

  init() async throws { provider = try await LinkedProvider(UsherProgram()) }

  private func apps(_ arguments: String...) -> ChildProcess {
    provider.program.run(["apps"] + arguments)
  }

  @Test func `where nothing is kept the list says how something would be`() throws {
    let result = apps("list")
    #expect(result.status == 0)
    #expect(result.text.contains("No application is kept yet"))
    #expect(try Value(json: apps("list", "--json").text)["applications"] == .list([]))
    let missing = apps("show", "hub-app")
    #expect(missing.status == 8)
    #expect(missing.errorText.contains("no application hub-app"))
  }

  @Test func `a list tells provider, client and connections, and no secret`() throws {
    try provider.keepApplication()
    try provider.link()
    try provider.link(name: other)
    let rows = apps("list").text.split(separator: "\n")
    #expect(rows.count == 2)
    let cells = rows[1].split(separator: " ").map(String.init)
    #expect(
      cells == ["hub-app", "hub", "client-EXAMPLE", "http://127.0.0.1:8976/callback", "2"])
    let json = try Value(json: apps("list", "--json").text)
    let first = json["applications"]?.list?.first
    #expect(first?["name"] == .string("hub-app"))
    #expect(first?["client_id"] == .string("client-EXAMPLE"))
    #expect(first?["redirect_uri"] == .string("http://127.0.0.1:8976/callback"))
    #expect(first?["connections"] == .list([.string("hub/default"), .string("hub/work")]))
    #expect(!"\(json)\(rows)".contains(RotatingProvider.secret))
  }

  @Test func `its page shows the secret only where it is to be revealed`() throws {
    try provider.keepApplication()
    try provider.link()
    let shown = apps("show", "hub-app")
    #expect(shown.status == 0, "\(shown.errorText)")
    for text in ["client-EXAMPLE", "kept, sealed", "hub/default", "secret, 13 bytes"] {
      #expect(shown.text.contains(text), "\(shown.text)")
    }
    let json = apps("show", "hub-app", "--json").text
    for text in [RotatingProvider.secret, "other-EXAMPLE"] {
      #expect(!shown.text.contains(text) && !json.contains(text))
      #expect(apps("show", "hub-app", "--reveal").text.contains(text))
    }
    let revealed = try Value(json: apps("show", "hub-app", "--json", "--reveal").text)
    #expect(revealed["client_secret"] == .string(RotatingProvider.secret))
    #expect(revealed["values"]?["params.key"] == .string("other-EXAMPLE"))
    #expect(try Value(json: json)["has_client_secret"] == .bool(true))
  }

  @Test func `removing one asks, names its connections, and leaves them what they need`() throws {
    try provider.keepApplication()
    try provider.link(lifetime: 60)
    let unasked = apps("remove", "hub-app")
    #expect(unasked.status == 4)
    #expect(unasked.errorText.contains("add --yes"))
    let removed = apps("remove", "hub-app", "--yes")
    #expect(removed.status == 0, "\(removed.errorText)")
    #expect(removed.text.contains("hub/default was linked with it, and keeps"))
    #expect(removed.text.contains("Removed the application hub-app"))
    #expect(apps("list").text.contains("No application is kept yet"))
    #expect(apps("remove", "hub-app", "--yes").status == 8)
    // The account is renewed as before.
    #expect(provider.run("token", "hub").text == "access-EXAMPLE-2\n")
    #expect(provider.run("show", "hub").text.contains("hub-app"))
  }

  @Test func `a slip in a name is answered with the one that was meant`() throws {
    try provider.keepApplication()
    let result = apps("show", "hub-ap")
    #expect(result.status == 8)
    #expect(result.errorText.contains("did you mean hub-app?"), "\(result.errorText)")
  }

  @Test func `without the identity names and providers are listed`() throws {
    try provider.keepApplication()
    try provider.link()
    let away = provider.program.home.file("away")
    #expect(rename(provider.program.identityPath, away))
    let result = apps("list")
    #expect(result.status == 0, "\(result.errorText)")
    #expect(result.text.contains("hub-app") && result.text.contains("sealed"))
    #expect(!result.text.contains("client-EXAMPLE"))
    #expect(apps("show", "hub-app").status == 7)
  }

  @Test func `shells complete the names`() throws {
    try provider.keepApplication()
    let result = provider.program.run([
      "---completion", "apps", "show", "--", "positional@0", "3", "0", "usher", "apps", "show", "",
    ])
    #expect(result.text.split(separator: "\n").contains("hub-app"), "\(result.errorText)")
  }

  private func rename(_ from: String, _ to: String) -> Bool {
    ChildProcess.run("/bin/mv", [from, to], environment: provider.program.environment).status == 0
  }
}
