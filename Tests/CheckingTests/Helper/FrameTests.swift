import Checking
import Requests
import Testing

@testable import Checking

/// What travels between the program and the checking process.
@Suite struct FrameTests {
  @Test func `options arrive as they were sent`() throws {
    var options = CheckOptions()
    options.authorityFile = "/etc/my authority\n.pem"
    options.usesEnvironment = false
    options.limits.total = .milliseconds(1500)
    options.limits.requests = 3
    #expect(CheckOptions(decoding: options.encoded) == options)
    #expect(CheckOptions(decoding: CheckOptions().encoded) == CheckOptions())
  }

  @Test func `options that are cut or padded are refused`() {
    let bytes = CheckOptions().encoded
    for length in 0..<bytes.count { #expect(CheckOptions(decoding: bytes.prefix(length)) == nil) }
    #expect(CheckOptions(decoding: bytes + [0]) == nil)
  }

  @Test func `progress arrives as it was sent`() {
    let progress = CheckProgress(
      host: "api.example.com:8443", address: "2001:db8::1", proxy: "proxy.example:3128", request: 2)
    #expect(CheckProgress(decoding: progress.encoded) == progress)
  }

  @Test(arguments: [
    CheckProgress(host: "\u{1b}[2J", request: 1), CheckProgress(host: "", request: 1),
    CheckProgress(host: "a", address: "not an address", request: 1),
    CheckProgress(host: "a", proxy: "a b", request: 1), CheckProgress(host: "a", request: 0),
    CheckProgress(host: "a", request: 1001), CheckProgress(host: "a\u{202e}b", request: 1),
  ])
  func `progress that could upset a screen is refused`(_ progress: CheckProgress) {
    #expect(CheckProgress(decoding: progress.encoded) == nil)
  }

  @Test func `a frame's header says kind and length and has bounds`() throws {
    let header = try #require(HelperFrame.parse(HelperFrame.header(.diagnosis, length: 70_000)))
    #expect(header.kind == .diagnosis)
    #expect(header.length == 70_000)
    #expect(HelperFrame.parse(HelperFrame.header(.diagnosis, length: 256 * 1024 + 1)) == nil)
    #expect(HelperFrame.parse([0, 0, 0, 0, 0]) == nil)
    #expect(HelperFrame.parse([5, 0, 0, 0, 0]) == nil)
  }
}
