import Basics
import Drafts
import ProviderFormat
import Requests
import Secrets
import Testing

@Suite struct ValuesFromAFile {
  private static func read(_ text: String) throws -> [String: String] {
    let values = try SubmissionFile.read(
      SecretBuffer(fixture: text), for: Fixture.form(Fixture.acme))
    var read: [String: String] = [:]
    for id in values.keys { read[id.description] = values.fixtureText(id) }
    return read
  }

  @Test func `values are read by scope and name`() throws {
    let values = try Self.read(
      #"{"credentials":{"apiKey":"kéy\n\u0041\ud83d\udddd"},"params":{"organizationName":"-"}}"#)
    #expect(
      values == ["credentials.apiKey": "kéy\nA🗝", "params.organizationName": "-"])
  }

  @Test func `the entry's own word for settings is understood`() throws {
    let values = try Self.read(#"{"connection_config":{"organizationName":"a"}}"#)
    #expect(values == ["params.organizationName": "a"])
  }

  @Test(arguments: [
    ("12", "12"), ("-1.50e3", "-1.50e3"), ("true", "true"), ("false", "false"), ("null", nil),
  ])
  func `numbers and truth values count as their text`(json: String, text: String?) throws {
    let values = try Self.read(#"{"params":{"organizationName":"# + json + "}}")
    #expect(values["params.organizationName"] == text)
  }

  @Test func `a misspelled member is named, with what could have been meant`() {
    let known = [Field.ID(.credentials, "apiKey"), Field.ID(.connectionConfig, "organizationName")]
    #expect(throws: SubmissionFileError.unknownField(.init(.credentials, "apikey"), known: known)) {
      try Self.read(#"{"credentials":{"apikey":"x"}}"#)
    }
    #expect(throws: SubmissionFileError.unknownSection("creds", known: ["credentials", "params"])) {
      try Self.read(#"{"creds":{}}"#)
    }
  }

  @Test(arguments: [
    (#"{"credentials":{"apikey":"x"}}"#, "did you mean credentials.apiKey?"),
    (#"{"credentials":{"organizationName":"x"}}"#, "did you mean params.organizationName?"),
    (
      #"{"params":{"colour":"x"}}"#,
      "use one of: credentials.apiKey, params.organizationName"
    ),
    (#"{"credential":{"apiKey":"x"}}"#, #"did you mean "credentials"?"#),
    (#"{"secrets":{"apiKey":"x"}}"#, "use one of: credentials, params"),
    (#"{"apiKey":"x"}"#, #"write {"credentials": {"apiKey": "VALUE"}}"#),
  ])
  func `the advice names what was probably meant`(text: String, advice: String) {
    do {
      _ = try Self.read(text)
      Issue.record("it was read")
    } catch {
      #expect((error as? SubmissionFileError)?.explanation.advice == advice)
    }
  }

  @Test(arguments: [
    "", "nothing", "{", #"{"credentials":{"apiKey":"x"}"#, #"{"credentials":{"apiKey":'x'}}"#,
    #"{"credentials":{"apiKey":"x",}}"#, #"{"credentials":"x"}"#, #"{"credentials":{"apiKey":01}}"#,
    #"{"credentials":{"apiKey":"x","apiKey":"y"}}"#, #"{"credentials":{"apiKey":"\ud83d"}}"#,
    "{\"credentials\":{\"apiKey\":\"a\nb\"}}", #"{"credentials":{"apiKey":"x"}} {}"#,
  ])
  func `what is not JSON is refused without repeating it`(text: String) {
    do {
      _ = try Self.read(text)
      Issue.record("it was read")
    } catch {
      let explanation = (error as? SubmissionFileError)?.explanation
      #expect(explanation?.what == "the values are not readable as JSON")
    }
  }

  @Test func `lists and objects are no values`() {
    for json in ["[]", "{}", #"["a"]"#] {
      #expect(throws: SubmissionFileError.notText(Fixture.apiKey)) {
        try Self.read(#"{"credentials":{"apiKey":"# + json + "}}")
      }
    }
  }

  @Test func `a value longer than its field takes is refused`() {
    let long = String(repeating: "x", count: SecretBuffer.lineCapacity + 1)
    #expect(
      throws: SubmissionFileError.tooLong(Fixture.apiKey, limit: SecretBuffer.lineCapacity)
    ) { try Self.read(#"{"credentials":{"apiKey":""# + long + #""}}"#) }
  }

  @Test func `deep nesting ends in an error`() {
    let deep = String(repeating: "[", count: 5000)
    #expect(throws: SubmissionFileError.self) {
      try Self.read(#"{"credentials":{"apiKey":"# + deep)
    }
  }
}
