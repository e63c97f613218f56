import Basics
import LoopbackSupport
import TestSupport
import Testing

/// Links, calls and renewals against servers of the Model Context Protocol that are built with its own SDK.
@Suite(
  .enabled(if: MCPServer.interpreter != nil, "needs the SDK of MCP: bash .ci/setup --tests"),
  .enabled(if: AuthorizationServer.interpreter != nil, "needs Authlib and Flask"),
  .enabled(if: LoopbackCertificates.tool != nil, "needs openssl"), .timeLimit(.minutes(3)))
struct MCPLinkTests {
  private static let entry = """
    {"display_name": "Tools", "auth_mode": "MCP_OAUTH2_GENERIC",
     "connection_config": {"mcp_server_url": {"type": "string", "title": "Server"}}}
    """

  private let provider: LinkingProvider

  init() throws {
    provider = try LinkingProvider { $0.clients.append(MCPProxy.client) }
    try provider.add("tools", Self.entry)
  }

  private func link(_ url: String, _ more: [String] = []) throws -> LinkingProvider.Link {
    try provider.link(
      "tools", #""params": {"mcp_server_url": "\#(url)"}"#, ["--allow-loopback"] + more)
  }

  /// The protocol's own way to begin, and one call of a tool.
  private func call(_ url: String) -> ChildProcess {
    let request = """
      {"jsonrpc": "2.0", "id": 1, "method": "tools/call",
       "params": {"name": "add", "arguments": {"a": 2, "b": 3}}}
      """
    return provider.run(
      "request", "tools", "POST", url, "-H", "accept: application/json, text/event-stream",
      "-H", "mcp-protocol-version: 2025-06-18", "-d", request)
  }

  @Test func `a server of which nobody told anything is linked, called and renewed`() throws {
    let server = try MCPServer()
    let link = try link(server.url)
    #expect(link.status == 0, "\(link.errors)\n\(server.log)")
    let call = call(server.url)
    #expect(call.status == 0 && call.text.contains("5"), "\(call.text) \(call.errorText)")
    let first = provider.run("token", "tools").text
    let second = provider.run("token", "tools", "--fresh")
    #expect(second.status == 0 && second.text != first, "\(second.errorText)\n\(server.log)")
    let last = self.call(server.url)
    #expect(last.status == 0, "\(last.errorText)")
  }

  @Test func `a server that has forgotten the client is linked again`() throws {
    let server = try MCPServer()
    #expect(try link(server.url).status == 0)
    try server.forget()
    let token = provider.run("token", "tools", "--fresh")
    #expect(token.status == 5, "\(token.errorText)")
    #expect(token.errorText.contains("usher replace tools"), "\(token.errorText)")
    let again = try link(server.url, ["--replace"])
    try #require(again.status == 0, "\(again.errors)\n\(server.log)")
    #expect(call(server.url).status == 0)
  }

  /// What the server calls the client that a link went by.
  private static func client(of link: LinkingProvider.Link) -> String? {
    link.address?.split { $0 == "?" || $0 == "&" }.first { $0.hasPrefix("client_id=") }
      .map(String.init)
  }

  @Test func `a client that registered itself is gone by again as long as it is good`() throws {
    let server = try MCPServer()
    let first = try link(server.url)
    try #require(first.status == 0, "\(first.errors)\n\(server.log)")
    let shown = provider.run("show", "tools")
    #expect(shown.text.contains("registered itself on 20"), "\(shown.text)")
    #expect(shown.text.contains("for \(LinkingProvider.redirect)"), "\(shown.text)")
    let json = try Value(json: provider.run("show", "tools", "--json").text)
    #expect(json["registration"]?["redirect_uri"]?.text == LinkingProvider.redirect)
    let again = try link(server.url, ["--replace"])
    #expect(again.status == 0, "\(again.errors)\n\(server.log)")
    #expect(Self.client(of: again) == Self.client(of: first))
    #expect(call(server.url).status == 0)
    #expect(provider.run("token", "tools", "--fresh").status == 0)
    let other = try link(server.url, ["--replace", "--register-anew"])
    #expect(other.status == 0, "\(other.errors)\n\(server.log)")
    #expect(Self.client(of: other) != Self.client(of: first))
  }

  @Test func `a client that is forgotten while somebody agrees says what to do`() throws {
    let server = try MCPServer()
    let first = try link(server.url)
    try #require(first.status == 0, "\(first.errors)\n\(server.log)")
    let failed = try provider.link(
      "tools", #""params": {"mcp_server_url": "\#(server.url)"}"#,
      ["--allow-loopback", "--replace"]
    ) { address in
      try? server.forget()
      return address
    }
    #expect(failed.status == 5, "\(failed.errors)")
    #expect(failed.errors.contains("--register-anew"), "\(failed.errors)")
    let again = try link(server.url, ["--replace", "--register-anew"])
    #expect(again.status == 0, "\(again.errors)\n\(server.log)")
    #expect(Self.client(of: again) != Self.client(of: first))
  }

  @Test func `a server that sends people on to another is linked`() throws {
    let proxy = try MCPProxy(before: provider.server)
    let link = try link(proxy.url)
    #expect(link.status == 0, "\(link.errors)\n\(proxy.log)")
    #expect(link.address?.contains("resource=") == true)
    #expect(provider.run("token", "tools", "--fresh").status == 0, "\(proxy.log)")
  }
}
