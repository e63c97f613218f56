import Basics
import Testing

@Suite struct Addresses {
  /// Path, query, and both as they are sent.
  private static func parts(_ address: String) throws -> [String] {
    let bytes = Array(address.utf8)
    let parts = try unsafe AddressComponents(of: bytes.span.bytes)
    return [parts.path, parts.query, parts.target].map {
      String(decoding: bytes[$0], as: UTF8.self)
    }
  }

  @Test(arguments: [
    ("https://acme.example", ["", "", ""]),
    ("https://acme.example/", ["/", "", "/"]),
    ("https://acme.example/v1/me?a=b&c", ["/v1/me", "a=b&c", "/v1/me?a=b&c"]),
    ("http://[::1]:8080/v1?", ["/v1", "", "/v1?"]),
  ])
  func `path and query lie behind the host`(address: String, parts: [String]) throws {
    #expect(try Self.parts(address) == parts)
  }

  @Test(arguments: [
    ("https://acme.example?next=/home", ["", "next=/home", "?next=/home"]),
    ("https://acme.example?a=b?c", ["", "a=b?c", "?a=b?c"]),
  ])
  func `a slash or a question mark in the query ends nothing`(
    address: String, parts: [String]
  ) throws {
    #expect(try Self.parts(address) == parts)
  }

  @Test(arguments: [
    ("https://acme.example/v1#top", ["/v1", "", "/v1"]),
    ("https://acme.example/v1?a=b#top", ["/v1", "a=b", "/v1?a=b"]),
    ("https://acme.example/v1#top?a=b/c", ["/v1", "", "/v1"]),
    ("https://acme.example#top", ["", "", ""]),
  ])
  func `a fragment is no part of what is sent`(address: String, parts: [String]) throws {
    #expect(try Self.parts(address) == parts)
  }

  @Test func `what is no web address has no parts`() {
    #expect(throws: AddressFault.self) { try Self.parts("ftp://acme.example/v1") }
    #expect(throws: AddressFault.self) { try Self.parts("https://user@acme.example/v1") }
  }
}
