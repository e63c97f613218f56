import Testing

@testable import Checking

/// How web addresses are taken apart. What is judged here is what is connected to, so nothing ambiguous may pass.
@Suite struct WebAddressTests {
  @Test(arguments: [
    ("https://api.example.com", "https://api.example.com:443/"),
    ("HTTPS://API.Example.COM/v1/Me?a=B#c", "https://api.example.com:443/v1/Me?a=B"),
    ("https://api.example.com:8443?x=1", "https://api.example.com:8443/?x=1"),
    ("http://localhost:3000/x", "http://localhost:3000/x"),
    ("https://[2001:DB8::0:1]:444/x", "https://[2001:db8::1]:444/x"),
    ("https://192.0.2.1/x", "https://192.0.2.1:443/x"),
    ("https://my_host.example.com/", "https://my_host.example.com:443/"),
    (
      "https://a.example/x%20y?p[n]={a|b}^`",
      "https://a.example:443/x%20y?p%5Bn%5D=%7Ba%7Cb%7D%5E%60"
    ),
    ("https://a.example/é/100%?q=%zz'*", "https://a.example:443/%C3%A9/100%25?q=%25zz'*"),
  ])
  func `an address is split into origin and target`(_ text: String, _ expected: String) {
    #expect(WebAddress(text)?.text == expected)
  }

  @Test(arguments: [
    "", "api.example.com", "ftp://api.example.com", "https://", "https:///path", "https://:443/",
    "https://user@api.example.com/", "https://user:pass@api.example.com/",
    "https://api.example.com@169.254.169.254/", "https://api.example.com\\@evil.example/",
    "https://api%2eexample.com/", "https://exämple.com/", "https://api.example.com:0/",
    "https://api.example.com:65536/", "https://api.example.com:+1/", "https://api.example.com: 1/",
    "https://api.example.com:/", "https://api.example.com:1:2/", "https://[::1/",
    "https://[1.2.3.4]/",
    "https://[::1]x/", "https://[fe80::1%25eth0]/", "https://api.example.com/a b",
    "https://api.example.com/a\r\nHost: evil", "https://api.example.com/\u{7f}", "https://./",
    " https://api.example.com/", "https+unix://x/", "https:/api.example.com",
  ])
  func `an ambiguous or foreign address is refused`(_ text: String) {
    #expect(WebAddress(text) == nil)
  }

  @Test(arguments: [
    ("/login", "https://a.example:443/login"),
    ("next", "https://a.example:443/v1/next"),
    ("../up?q=1#f", "https://a.example:443/up?q=1"),
    ("./", "https://a.example:443/v1/"),
    ("?page=2", "https://a.example:443/v1/me?page=2"),
    ("", "https://a.example:443/v1/me?x=1"),
    ("#top", "https://a.example:443/v1/me?x=1"),
    ("/a/../../b", "https://a.example:443/b"),
    ("/a/b/..", "https://a.example:443/a/"),
    ("//b.example/x", "https://b.example:443/x"),
    ("https://b.example", "https://b.example:443/"),
    ("HTTP://a.example/x", "http://a.example:80/x"),
    ("/x?u=https://b.example/", "https://a.example:443/x?u=https://b.example/"),
  ])
  func `a redirect is followed the way browsers do`(_ location: String, _ expected: String) {
    let base = WebAddress("https://a.example/v1/me?x=1")
    #expect(base?.resolving(location)?.text == expected)
  }

  @Test(arguments: ["javascript:alert(1)", "file:///etc/passwd", "mailto:a@b", "//", "/a b", "x:y"])
  func `a redirect to no web address leads nowhere`(_ location: String) {
    #expect(WebAddress("https://a.example/v1")?.resolving(location) == nil)
  }

  @Test(arguments: [
    ("https://localhost/", true), ("https://LOCALHOST./", true), ("https://a.localhost/", true),
    ("https://127.8.9.1/", true), ("https://[::1]/", true), ("https://localhost.example/", false),
    ("https://notlocalhost/", false), ("https://10.0.0.1/", false),
  ])
  func `a host of this machine is known by name`(_ text: String, _ expected: Bool) {
    #expect(WebAddress(text)?.origin.isLoopbackName == expected)
  }
}
