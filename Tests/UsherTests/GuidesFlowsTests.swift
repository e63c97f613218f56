import Basics
import TestSupport
import Testing

/// `guides flows`: requests on standard output, for whoever compares.
@Suite(.timeLimit(.minutes(1))) struct GuidesFlowsTests {
  private let program = UsherProgram()
  private let folder: String

  init() throws {
    folder = program.home.file("guides")
    let entry = try Value(
      json: #"""
        {"display_name":"Acme","auth_mode":"API_KEY","proxy":{"base_url":"https://api.acme.example",
         "headers":{"authorization":"Bearer ${apiKey}"}}}
        """#)
    try TestProvider.write(try #require(entry.map), slug: "acme", below: folder)
  }

  private func flows(_ table: String) -> ChildProcess {
    let path = program.write(table, to: "flows.json")
    return program.run(["guides", "flows", "--from", folder, "--inputs", path])
  }

  @Test func `the requests of each provider are printed as one object`() throws {
    let result = flows(
      #"{"acme":{"inputs":{"credentials":{"apiKey":"k\"1"}}},"gone":{"inputs":{}}}"#)
    #expect(result.status == 0, "\(result.errorText)")
    let printed = try Value(json: result.text)
    #expect(printed.map?.members.map(\.key) == ["acme", "gone"])
    #expect(printed["acme"]?["request"]?["headers"]?["authorization"]?.text == #"Bearer k"1"#)
    #expect(printed["gone"]?.json == "{}")
    #expect(try Value(json: flows("{}").text).json == "{}")
  }

  @Test(arguments: [("[]", "holds no object"), ("{", "is no JSON")])
  func `a file that is no table is told`(text: String, why: String) {
    let result = flows(text)
    #expect(result.status == 1)
    #expect(result.errorText.contains(why), "\(result.errorText)")
    #expect(result.text == "")
  }

  @Test func `a file that is not there is told`() {
    let result = program.run(
      ["guides", "flows", "--from", folder, "--inputs", program.home.file("none.json")])
    #expect(result.status == 1)
    #expect(result.errorText.contains("the file does not exist"), "\(result.errorText)")
  }
}
