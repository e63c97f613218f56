import Credentials
import Guides
import Secrets
import Testing

@testable import Checking

/// Where credentials may go.
@Suite struct NetworkRulesTests {
  private static let strict = NetworkRules(ownHosts: [], trustsProvider: false)
  private static let own = NetworkRules(
    ownHosts: ["host.example", "10.0.0.5"], trustsProvider: false)
  private static let trusted = NetworkRules(ownHosts: [], trustsProvider: true)

  private func verdict(_ rules: NetworkRules, _ url: String, _ addresses: [String]) throws
    -> Diagnosis.Cause?
  {
    let origin = try #require(WebAddress(url)).origin
    do throws(TransportFailure) {
      try rules.admit(origin)
      try rules.admit(addresses.compactMap { IPAddress($0) }, of: origin)
      return nil
    } catch {
      return error.cause
    }
  }

  @Test func `a public address is allowed for everybody`() throws {
    #expect(try verdict(Self.strict, "https://host.example/", ["1.1.1.1", "2606:4700::1"]) == nil)
  }

  @Test(arguments: ["10.0.0.5", "127.0.0.1", "::1", "192.168.0.1", "fd12::1", "100.64.1.1"])
  func `an internal address is allowed only for the user's own hosts and providers`(
    _ address: String
  ) throws {
    let url = "https://host.example/"
    #expect(try verdict(Self.strict, url, [address]) == .forbiddenAddress)
    #expect(try verdict(Self.own, url, [address]) == nil)
    #expect(try verdict(Self.trusted, url, [address]) == nil)
    #expect(try verdict(Self.own, "https://other.example/", [address]) == .forbiddenAddress)
  }

  @Test(arguments: ["169.254.169.254", "::ffff:1.1.1.1", "0.0.0.0", "fe80::1", "fd00:ec2::254"])
  func `a forbidden address is refused for everybody`(_ address: String) throws {
    for rules in [Self.strict, Self.own, Self.trusted] {
      #expect(try verdict(rules, "https://host.example/", [address]) == .forbiddenAddress)
    }
  }

  @Test func `one bad address among good ones refuses the host`() throws {
    let addresses = ["1.1.1.1", "169.254.169.254"]
    #expect(try verdict(Self.trusted, "https://host.example/", addresses) == .forbiddenAddress)
    #expect(
      try verdict(Self.strict, "https://host.example/", ["1.1.1.1", "10.0.0.1"])
        == .forbiddenAddress)
  }

  @Test func `an address in the URL is judged before anything is looked up`() throws {
    #expect(try verdict(Self.strict, "https://10.0.0.5/", []) == .forbiddenAddress)
    #expect(try verdict(Self.own, "https://10.0.0.5/", []) == nil)
    #expect(try verdict(Self.trusted, "https://169.254.169.254/", []) == .forbiddenAddress)
  }

  @Test func `plain http goes to this machine only`() throws {
    #expect(try verdict(Self.trusted, "http://host.example/", []) == .forbiddenAddress)
    #expect(try verdict(Self.trusted, "http://10.0.0.5/", []) == .forbiddenAddress)
    #expect(try verdict(Self.trusted, "http://localhost:1/", ["127.0.0.1"]) == nil)
    #expect(try verdict(Self.trusted, "http://localhost:1/", ["1.1.1.1"]) == .forbiddenAddress)
    #expect(try verdict(Self.strict, "http://localhost:1/", ["127.0.0.1"]) == .forbiddenAddress)
  }
}

/// Which hosts count as typed by the user.
@Suite struct OwnHostTests {
  @Test(arguments: [
    ("gitlab.lan", "gitlab.lan"), ("GitLab.lan:8443", "gitlab.lan"), ("10.0.0.5", "10.0.0.5"),
    ("https://gitlab.lan/group", "gitlab.lan"), ("http://127.0.0.1:3000", "127.0.0.1"),
    ("gitlab.lan/api/v4", "gitlab.lan"), ("[::1]:8080", "::1"),
  ])
  func `a host is found in what people type for one`(_ value: String, _ host: String) {
    #expect(NetworkRules.host(value) == host)
  }

  @Test func `only parameters and an entry of one's own open the way inside`() throws {
    func rules(_ scope: Field.Scope, _ origin: Provider.Origin) -> NetworkRules {
      var value = SecretBuffer()
      for byte in "10.0.0.5".utf8 { value.append(byte) }
      var values = SecretValues()
      values.set(Field.ID(scope, "host"), to: value)
      return NetworkRules(
        Submission(
          provider: Provider(slug: "own", entry: Value.Map(), origin: origin), values: values))
    }
    #expect(
      rules(.connectionConfig, .builtIn)
        == NetworkRules(ownHosts: ["10.0.0.5"], trustsProvider: false))
    #expect(rules(.credentials, .builtIn) == NetworkRules(ownHosts: [], trustsProvider: false))
    #expect(
      rules(.credentials, .folder("/etc/usher"))
        == NetworkRules(ownHosts: [], trustsProvider: true))
  }
}
