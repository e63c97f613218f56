import Basics
import Drafts
import ProviderFormat
import Requests
import Secrets
import Testing

/// Credentials of a role that a service of the integration's owner gives out in the place of AWS.
@Suite struct AWSEndpoints {
  /// The entry with settings in place of the built-in ones.
  private static func custom(_ settings: KeyValuePairs<String, String>) -> SessionUnderTest {
    var values: [(String, String)] = [
      ("credentials.role_arn", "arn:aws:iam::123456789012:role/Reader"),
      ("params.external_id", AWSRoles.externalID), ("integration_config.stsMode", "custom"),
      ("integration_config.defaultRegion", "us-west-2"), ("integration_config.service", "s3"),
    ]
    for (name, value) in settings { values.append(("integration_config.\(name)", value)) }
    var all = SecretValues()
    for (name, value) in values {
      if let id = Field.ID(name) { all.set(id, to: SecretBuffer(fixture: value)) }
    }
    return SessionUnderTest(Submission(provider: Fixture.provider(AWSRoles.entry), values: all))
  }

  private static let endpoints:
    [(settings: KeyValuePairs<String, String>, address: String, header: String)] = [
      (["stsEndpointUrl": "https://STS.example.com"], "https://sts.example.com/", ""),
      (
        [
          "stsEndpointUrl": "https://sts.example.com/assume/?c=1#top", "stsAuthType": "api_key",
          "stsApiKey": "k-EXAMPLE",
        ], "https://sts.example.com/assume/?c=1", "x-api-key: k-EXAMPLE "
      ),
      (
        [
          "stsEndpointUrl": "https://sts.example.com:8443/a", "stsAuthType": "api_key",
          "stsApiKey": "k-EXAMPLE", "stsAuthHeader": "X-Own",
        ], "https://sts.example.com:8443/a", "x-own: k-EXAMPLE "
      ),
      (
        [
          "stsEndpointUrl": "https://sts.example.com/a", "stsAuthType": "basic",
          "stsAuthUsername": "u", "stsAuthPassword": "p:w",
        ], "https://sts.example.com/a", "authorization: Basic dTpwOnc= "
      ),
    ]

  @Test(arguments: endpoints)
  func `an owner's own service is asked as its settings say`(
    settings: KeyValuePairs<String, String>, address: String, header: String
  ) {
    let session = Self.custom(settings)
    #expect(
      session.next() == "POST \(address) content-type: application/json \(header)"
        + #"{"role_arn":"arn:aws:iam::123456789012:role/Reader","external_id":"\#(AWSRoles.externalID)","#
        + #""region":"us-west-2","service":"s3"}"#)
  }

  @Test(arguments: [
    #"{"accessKeyId":"ASIAEXAMPLE","secretAccessKey":"s","sessionToken":"t"}"#,
    #"{"credentials":{"access_key_id":"ASIAEXAMPLE","secret_access_key":"s","session_token":"t"}}"#,
    #"{"Credentials":{"AccessKeyId":"ASIAEXAMPLE","SecretAccessKey":"s","SessionToken":"t"}}"#,
  ])
  func `its answer may be in camel or snake case, below credentials or not`(answer: String) {
    let session = Self.custom(["stsEndpointUrl": "https://sts.example.com/"])
    _ = session.next()
    session.answer(201, answer)
    let next = session.next()
    #expect(next.hasPrefix("POST https://sts.us-west-2.amazonaws.com/ "))
    #expect(next.contains("Credential=ASIAEXAMPLE/"))
  }

  @Test(arguments: [
    ("1787580000", 1_787_580_000), ("1787580000000", 1_787_580_000),
    ("\"2026-08-24T14:00:00Z\"", 1_787_580_000),
  ])
  func `its expiry is a date, seconds or milliseconds`(written: String, seconds: Int64) {
    let session = Self.custom(["stsEndpointUrl": "https://sts.example.com/"])
    _ = session.next()
    session.answer(
      200,
      #"{"access_key_id":"A","secret_access_key":"s","session_token":"t","expiration":\#(written)}"#
    )
    _ = session.next()
    session.answer(200, AWSRoles.own)
    #expect(session.diagnosis.tokenExpires?.secondsSinceEpoch == seconds)
  }

  @Test func `an answer that lacks a part of the credentials says which`() {
    let session = Self.custom(["stsEndpointUrl": "https://sts.example.com/"])
    _ = session.next()
    session.answer(200, #"{"accessKeyId":"A","sessionToken":"t"}"#)
    #expect(session.diagnosis.kind == .unclear)
    #expect(session.diagnosis.sentence.contains("SecretAccessKey"))
  }

  @Test(arguments: [
    "https://u:p@sts.example.com/", "ftp://sts.example.com", "https://a b.example/",
  ])
  func `an address that credentials must not go to is refused`(address: String) {
    #expect(Self.custom(["stsEndpointUrl": address]).next() == "done: unclear")
  }
}
