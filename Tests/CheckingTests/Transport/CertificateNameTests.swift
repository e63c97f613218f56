import Testing

@testable import Checking

/// Which names a certificate speaks for.
@Suite struct CertificateNameTests {
  @Test(arguments: [
    ("api.example.com", "api.example.com", true),
    ("API.Example.COM", "api.example.com", true),
    ("api.example.com", "api.example.com.", true),
    ("*.example.com", "api.example.com", true),
    ("*.example.com", "example.com", false),
    ("*.example.com", "a.b.example.com", false),
    ("*.example.com", ".example.com", false),
    ("*.com", "example.com", false),
    ("*", "example", false),
    ("a*.example.com", "api.example.com", false),
    ("api.example.com", "api.example.com.evil.example", false),
    ("example.com", "api.example.com", false),
    ("127.0.0.1", "localhost", false),
  ])
  func `a star stands for one label and nothing else`(
    _ pattern: String, _ host: String, _ expected: Bool
  ) {
    #expect(CertificateName.matches(pattern, host) == expected)
  }
}
