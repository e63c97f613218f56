import Basics
import Testing

@testable import Checking

/// What the environment says about proxies and authorities.
@Suite struct NetworkEnvironmentTests {
  private func environment(_ variables: [String: String]) -> NetworkEnvironment {
    NetworkEnvironment { variables[$0] }
  }

  private func origin(_ url: String) throws -> Origin { try #require(WebAddress(url)).origin }

  @Test(arguments: [
    ("http://proxy.example:3128", "proxy.example:3128"),
    ("proxy.example:3128", "proxy.example:3128"),
    ("HTTP://Proxy.Example/", "proxy.example:80"),
    ("http://[2001:db8::1]:8080", "[2001:db8::1]:8080"),
    ("http://user:p%40ss@proxy.example:1", "proxy.example:1"),
  ])
  func `a proxy setting is read and named without its login`(_ text: String, _ name: String) throws
  {
    #expect(try ProxyServer(text).name == name)
  }

  @Test(arguments: [
    ("http://user:p%40s%3As@h", "user", "p@s:s"), ("http://user@h", "user", ""),
    ("http://a@b:c@h", "a@b", "c"), ("user:@h", "user", ""), ("http://user:a:b@h", "user", "a:b"),
  ])
  func `user and password of a proxy are decoded`(
    _ text: String, _ user: String, _ password: String
  ) throws {
    let login = try #require(try ProxyServer(text).login)
    #expect(login.user == user)
    #expect(login.password == password)
  }

  @Test(arguments: [
    "https://proxy.example", "socks5://proxy.example:1080", "http://:80", "http://h:port",
    "http://h:0",
    "http://u:%zz@h", "http://a b",
  ])
  func `a proxy setting that cannot be used is refused without repeating it`(_ text: String) {
    let refusal = #expect(throws: ProxyServer.Unusable.self) { try ProxyServer(text) }
    #expect(refusal?.why.contains(text) == false)
  }

  @Test func `the lower-case spelling wins, and an empty one does not count`() throws {
    let host = try origin("https://api.example.com/")
    let both = environment(["https_proxy": "http://lower:1", "HTTPS_PROXY": "http://upper:2"])
    #expect(try both.proxy(for: host)?.name == "lower:1")
    let empty = environment(["https_proxy": "", "HTTPS_PROXY": "http://upper:2"])
    #expect(try empty.proxy(for: host)?.name == "upper:2")
    #expect(try environment([:]).proxy(for: host) == nil)
    #expect(try environment(["http_proxy": "http://other:3"]).proxy(for: host) == nil)
  }

  @Test(arguments: [
    ("*", "https://api.example.com/", true),
    ("example.com", "https://example.com/", true),
    ("example.com", "https://api.example.com/", true),
    ("example.com", "https://notexample.com/", false),
    (".example.com", "https://api.example.com/", true),
    (".example.com", "https://example.com/", true),
    ("*.example.com", "https://a.b.example.com/", true),
    ("EXAMPLE.com.", "https://api.example.COM/", true),
    ("other.org, example.com", "https://example.com/", true),
    ("other.org example.com", "https://example.com/", true),
    ("example.com:8443", "https://example.com:8443/", true),
    ("example.com:8443", "https://example.com/", false),
    ("com", "https://example.com/", true),
    ("ample.com", "https://example.com/", false),
    ("192.0.2.7", "https://192.0.2.7/", true),
    ("192.0.2.7", "https://192.0.2.70/", false),
    ("192.0.2.0/24", "https://192.0.2.70/", true),
    ("192.0.2.0/24", "https://192.0.3.70/", false),
    ("2001:db8::1", "https://[2001:DB8:0::1]/", true),
    ("[2001:db8::1]:444", "https://[2001:db8::1]:444/", true),
    ("2001:db8::/32", "https://[2001:db8:1::1]/", true),
    ("192.0.2.0/99", "https://192.0.2.1/", false),
    ("", "https://example.com/", false),
    (",,", "https://example.com/", false),
    ("", "https://localhost:8443/", true),
    ("", "https://127.0.0.1/", true),
    ("", "https://[::1]/", true),
  ])
  func `a host is reached without the proxy when NO_PROXY names it`(
    _ list: String, _ url: String, _ bypassed: Bool
  ) throws {
    #expect(ProxyExceptions(list).contain(try origin(url)) == bypassed)
    let variables = ["HTTPS_PROXY": "http://proxy:1", "NO_PROXY": list]
    #expect((try environment(variables).proxy(for: origin(url)) == nil) == bypassed)
  }

  @Test func `a system without authorities is told how to get them`() {
    let failure = #expect(throws: TransportFailure.self) {
      try TrustRoots(environmentFile: nil, optionFile: nil, usualPaths: ["/nowhere/ca.pem"])
    }
    #expect(failure?.detail?.contains("ca-certificates") == true)
  }

  @Test func `a name that the system does not know has no address`() async {
    await #expect(throws: TransportFailure.self) {
      try await NameLookup.system(
        Origin(scheme: .https, host: "does-not-exist.invalid", port: 443))
    }
  }
}
