import Basics
import LoopbackSupport
import TestSupport
import Testing

/// What `connect --from` takes besides its own JSON.
@Suite(.timeLimit(.minutes(2))) struct ValuesFileTests {
  private let program = UsherProgram()

  /// A provider that is linked without being asked.
  private func folder(_ entry: String, slug: String = "lab") throws -> String {
    let folder = program.home.file("guides")
    try TestProvider.write(
      try #require(try Value(json: entry).map), slug: slug, below: folder)
    return folder
  }

  private static let key = #"{"display_name": "Lab", "auth_mode": "API_KEY"}"#
  private static let basic = #"{"display_name": "Lab", "auth_mode": "BASIC"}"#

  private func connect(_ entry: String, _ input: [UInt8], _ options: [String] = []) throws
    -> ChildProcess
  {
    let arguments = ["connect", "lab", "--guides", try folder(entry), "--from", "-", "--no-check"]
    return program.run(arguments + options, bytes: input)
  }

  @Test(arguments: [
    "LAB_API_KEY=9f3c0a77\n", "# mine\nexport API_KEY=\"9f3c0a77\"  # c\n",
    "apiKey: 9f3c0a77\nother: 1\n",
    #"{"api_key": "9f3c0a77", "id": 7}"#,
  ])
  func `a file of variables or of a provider is read`(text: String) throws {
    let result = try connect(Self.key, Array(text.utf8))
    #expect(result.status == 0, "\(result.errorText)")
    #expect(program.run(["get", "lab"]).text == "9f3c0a77")
  }

  @Test func `what is left out of a file of variables is told by name, and never its value`() throws
  {
    let result = try connect(Self.key, Array("LAB_API_KEY=9f3c0a77\nDB_URL=hunter-EXAMPLE\n".utf8))
    #expect(result.status == 0)
    #expect(result.errorText.contains("left out: DB_URL"))
    #expect(!result.errorText.contains("hunter"))
  }

  @Test func `another service's key is not taken on a guess`() throws {
    let result = try connect(Self.key, Array("OTHER_API_KEY=9f3c0a77\nDB_URL=x\n".utf8))
    #expect(result.status == 1)
    #expect(result.errorText.contains("nothing is taken on a guess"))
  }

  @Test func `a bare key is taken with the field that it is for`() throws {
    let without = try connect(Self.key, Array("9f3c0a77\n".utf8))
    #expect(without.status == 1)
    #expect(without.errorText.contains("--key credentials.apiKey"))
    let with = try connect(Self.key, Array("9f3c0a77\r\n".utf8), ["--key", "apiKey"])
    #expect(with.status == 0, "\(with.errorText)")
    #expect(with.errorText == "")
    #expect(program.run(["get", "lab"]).text == "9f3c0a77")
  }

  private static let json = #"{"credentials":{"apiKey":"9f3c0a77"}}"#
  static let encodings: [[UInt8]] = [
    [0xEF, 0xBB, 0xBF] + Array(json.utf8), [0xFF, 0xFE] + json.utf8.flatMap { [$0, 0] },
    [0xFE, 0xFF] + json.utf8.flatMap { [0, $0] }, json.utf8.flatMap { [$0, 0] },
  ]

  @Test(arguments: encodings)
  func `what Windows writes is read`(bytes: [UInt8]) throws {
    let result = try connect(Self.key, bytes)
    #expect(result.status == 0, "\(result.errorText)")
    #expect(program.run(["get", "lab"]).text == "9f3c0a77")
  }

  @Test func `an encoding that is not read is named`() throws {
    let result = try connect(
      Self.key, [0xFF, 0xFE, 0, 0] + Self.json.utf8.flatMap { [$0, 0, 0, 0] })
    #expect(result.status == 1)
    #expect(result.errorText.contains("UTF-32"))
    let damaged = try connect(Self.key, [0xFF, 0xFE, 0x7B])
    #expect(damaged.errorText.contains("UTF-16"))
  }

  @Test func `what get prints is what connect takes`() throws {
    let values = #"{"credentials":{"username":"joe","password":"A1=B2"}}"#
    #expect(try connect(Self.basic, Array(values.utf8)).status == 0)
    let text = program.run(["get", "lab", "--json"]).output
    #expect(try connect(Self.basic, text, ["--replace"]).status == 0)
    #expect(program.run(["get", "lab", "--json"]).output == text)
  }

  @Test func `a warning is told, and the value used as it is`() throws {
    let result = try connect(Self.key, Array(#"{"credentials":{"apiKey":"9f3c 0a77"}}"#.utf8))
    #expect(result.status == 0)
    #expect(
      result.errorText == "usher: warning: credentials.apiKey: There is a blank inside the value.\n"
    )
  }

  @Test(arguments: [
    #"{"credentials":{"hunter-EXAMPLE":"apiKey"}}"#, #"{"hunter-EXAMPLE":"apiKey"}"#,
    #"{"hunter-EXAMPLE":{"apiKey":"x"}}"#, #"{"params":{"hunter-EXAMPLE":1}}"#,
    #"{"hunter-EXAMPLE":"x","api_key":"y"}"#,
  ])
  func `a secret that stands where its name belongs is never repeated`(text: String) throws {
    let result = try connect(Self.key, Array(text.utf8))
    #expect(!result.errorText.contains("hunter"))
    #expect(!result.text.contains("hunter"))
  }
}
