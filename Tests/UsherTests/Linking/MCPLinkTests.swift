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
    #expect(token.errorText.contains("--replace"), "\(token.errorText)")
    let again = try link(server.url, ["--replace"])
    try #require(again.status == 0, "\(again.errors)\n\(server.log)")
    #expect(call(server.url).status == 0)
  }

  @Test func `a server that sends people on to another is linked`() throws {
    let proxy = try MCPProxy(before: provider.server)
    let link = try link(proxy.url)
    #expect(link.status == 0, "\(link.errors)\n\(proxy.log)")
    #expect(link.address?.contains("resource=") == true)
    #expect(provider.run("token", "tools", "--fresh").status == 0, "\(proxy.log)")
  }
}
