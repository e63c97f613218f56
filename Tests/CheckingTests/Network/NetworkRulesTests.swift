import Basics
import Drafts
import ProviderFormat
import Requests
import Secrets
import Testing

@testable import Checking

/// Where credentials may go.
@Suite struct NetworkRulesTests {
  private static let strict = NetworkRules(ownHosts: [])
  private static let own = NetworkRules(ownHosts: ["host.example", "10.0.0.5"])

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
  func `an internal address is allowed only for the user's own hosts`(
    _ address: String
  ) throws {
    let url = "https://host.example/"
    #expect(try verdict(Self.strict, url, [address]) == .forbiddenAddress)
    #expect(try verdict(Self.own, url, [address]) == nil)
    #expect(try verdict(Self.own, "https://other.example/", [address]) == .forbiddenAddress)
  }

  @Test(arguments: ["169.254.169.254", "::ffff:1.1.1.1", "0.0.0.0", "fe80::1", "fd00:ec2::254"])
  func `a forbidden address is refused for everybody`(_ address: String) throws {
    for rules in [Self.strict, Self.own] {
      #expect(try verdict(rules, "https://host.example/", [address]) == .forbiddenAddress)
    }
  }

  @Test func `one bad address among good ones refuses the host`() throws {
    let addresses = ["1.1.1.1", "169.254.169.254"]
    #expect(try verdict(Self.own, "https://host.example/", addresses) == .forbiddenAddress)
    #expect(
      try verdict(Self.strict, "https://host.example/", ["1.1.1.1", "10.0.0.1"])
        == .forbiddenAddress)
  }

  @Test func `an address in the URL is judged before anything is looked up`() throws {
    #expect(try verdict(Self.strict, "https://10.0.0.5/", []) == .forbiddenAddress)
    #expect(try verdict(Self.own, "https://10.0.0.5/", []) == nil)
    let metadata = NetworkRules(ownHosts: ["169.254.169.254"])
    #expect(try verdict(metadata, "https://169.254.169.254/", []) == .forbiddenAddress)
  }

  @Test func `plain http goes to this machine only`() throws {
    let trusted = NetworkRules(ownHosts: ["host.example", "10.0.0.5", "localhost"])
    #expect(try verdict(trusted, "http://host.example/", []) == .forbiddenAddress)
    #expect(try verdict(trusted, "http://10.0.0.5/", []) == .forbiddenAddress)
    #expect(try verdict(trusted, "http://localhost:1/", ["127.0.0.1"]) == nil)
    #expect(try verdict(trusted, "http://localhost:1/", ["1.1.1.1"]) == .forbiddenAddress)
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

  private func rules(
    _ origin: Provider.Origin, _ entry: String = "{}",
    _ values: KeyValuePairs<Field.ID, String> = [:], slug: String = "own"
  ) throws -> NetworkRules {
    var all = SecretValues()
    for (id, text) in values {
      var value = SecretBuffer()
      for byte in text.utf8 { value.append(byte) }
      all.set(id, to: value)
    }
    let map = try #require(Value(json: entry).map)
    return NetworkRules(
      Submission(provider: Provider(slug: slug, entry: map, origin: origin), values: all))
  }

  private static let host = Field.ID(.connectionConfig, "host")

  @Test func `a parameter names a host of the user's, and a credential does not`() throws {
    #expect(
      try rules(.builtIn, "{}", [Self.host: "10.0.0.5"]) == NetworkRules(ownHosts: ["10.0.0.5"]))
    #expect(
      try rules(.builtIn, "{}", [Field.ID(.credentials, "host"): "10.0.0.5"])
        == NetworkRules(ownHosts: []))
  }

  private static let entry = """
    {"proxy":{"base_url":"https://${connectionConfig.host}:8443/api || https://one.example",
      "verification":{"endpoints":["/me"],"base_url_override":"https://two.example/"}},
     "token_url":"https://three-${connectionConfig.host}/${connectionConfig.missing}/token",
     "refresh_url":"https://four.example?x=1","additional_steps":[
       {"token_url":"https://five.example/login"},
       {"token_url":"https://${step1.host}/steered"},{"token_url":"${step1.url}/steered"}],
     "usher":{"check":[{"url":"https://six.example/me"}]}}
    """

  @Test func `an entry of the user's own names hosts in all its addresses, and answers name none`()
    throws
  {
    let own = try rules(.folder("/etc/usher"), Self.entry, [Self.host: "lan.example"])
    #expect(
      own
        == NetworkRules(ownHosts: [
          "lan.example", "one.example", "two.example", "three-lan.example", "four.example",
          "five.example", "six.example",
        ]))
    let builtIn = try rules(.builtIn, Self.entry, [Self.host: "lan.example"])
    #expect(builtIn == NetworkRules(ownHosts: ["lan.example"]))
  }

  @Test(arguments: ["[0:0:0:0:0:0:0:1]", "[::1]", "[::0001]"])
  func `an entry of the user's own names an address however it is written`(
    _ host: String
  ) throws {
    let address = "http://\(host):8080/me"
    let entry = #"{"proxy":{"base_url":"http://\#(host):8080"}}"#
    let rules = try rules(.folder("/etc/usher"), entry)
    #expect(rules == NetworkRules(ownHosts: ["::1"]))
    try rules.admit(try #require(WebAddress(address)).origin)
  }

  @Test func `a stored entry does not make the program's own hosts the user's`() throws {
    let entry = #"{"proxy":{"base_url":"https://api.tally.so"},"token_url":"https://own.example"}"#
    #expect(try rules(.record, entry, slug: "tally") == NetworkRules(ownHosts: ["own.example"]))
    #expect(
      try rules(.record, entry, slug: "other")
        == NetworkRules(ownHosts: ["own.example", "api.tally.so"]))
  }
}
