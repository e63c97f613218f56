import Basics
import Checking
import Drafts
import ProviderFormat
import Requests
import Secrets
import Testing

@testable import Checking

/// What a dry run says of hosts that the check does not ask.
@Suite struct NetworkObjectionTests {
  @Test(arguments: [
    ("http://169.254.169.254/latest", "own credentials"),
    ("https://169.254.169.254/", "own credentials"),
    ("https://[fd00:ec2::254]/", "own credentials"), ("https://169.254.7.7/", "link-local"),
    ("https://metadata.google.internal/", "own credentials"), ("https://100.100.100.200/", "own"),
    ("http://api.acme.example/", "plain http"), ("https://224.0.0.1/", "multicast"),
    ("https://[::ffff:10.0.0.1]/", "IPv4 address"),
  ])
  func `a forbidden address is named with the reason`(url: String, words: String) throws {
    for origin in [Provider.Origin.builtIn, .folder("/etc/usher/guides")] {
      let submission = Fixture.submission(url, origin: origin)
      let objections = NetworkObjections(submission)
      let origins = CheckSession.origins(of: submission)
      let asked = try #require(origins.first)
      let reason = try #require(objections.reason(asked))
      #expect(reason.contains(words), "\(reason)")
      let shown = try Self.plan(submission, objections)
      let request = try #require(shown["requests"]?.list?.first)
      #expect(request["refused"]?.text == reason)
    }
  }

  @Test func `a host of one's own is refused to a built-in entry alone`() {
    for host in ["127.0.0.1", "localhost", "10.1.2.3"] {
      let own = Fixture.submission("https://\(host)/")
      let ownReasons = CheckSession.origins(of: own).map { NetworkObjections(own).reason($0) }
      #expect(ownReasons == [nil])
      let builtIn = Fixture.submission("https://\(host)/", origin: .builtIn)
      let reasons = CheckSession.origins(of: builtIn)
        .compactMap { NetworkObjections(builtIn).reason($0) }
      #expect(reasons.count == 1)
    }
  }

  @Test func `of a host against which nothing speaks nothing is said`() throws {
    let submission = Fixture.submission("https://api.acme.example")
    let shown = try Self.plan(submission, NetworkObjections(submission))
    #expect(shown["requests"]?.list?.count == 1)
    #expect(shown["requests"]?.list?.first?["refused"] == nil)
  }

  private static func plan(
    _ submission: borrowing Submission, _ objections: NetworkObjections
  ) throws -> Value {
    let json = try CheckSession.plan(submission).json { objections.reason($0) }
    return try json.withBytes { try Value(json: $0) }
  }
}
