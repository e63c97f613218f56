internal import Basics
internal import TestSupport
internal import Testing

/// What the program tells of itself.
@Suite struct ManualTests {
  private let program = UsherProgram()

  @Test(arguments: ["version", "--version", "-V"])
  func `the version names the build`(line: String) {
    let result = program.run([line])
    #expect(result.status == 0)
    let words = result.text.split(separator: " ")
    #expect(words.first == "usher" && words.count > 2, "\(result.text)")
    #expect(words.dropFirst().first?.allSatisfy { $0.isNumber || $0 == "." } == true)
    #expect(result.text.hasSuffix(")\n"))
  }

  @Test(arguments: [
    ("environment", "USHER_STORE"), ("exit-codes", "130"), ("config.yaml", "check_timeout"),
    ("team-store", "etcds://"), ("usher.yaml", "required"), ("provider-files", "auth_mode"),
    ("formats", "usher help usher.yaml"),
  ])
  func `help has pages besides commands`(topic: String, word: String) {
    let result = program.run(["help", topic])
    #expect(result.status == 0)
    #expect(result.text.contains(word), "\(result.text.prefix(300))")
    #expect(!result.text.contains("<doc:") && !result.text.contains("doc:"))
    #expect(result.text.split(separator: "\n").count > 3)
  }

  @Test func `every variable that is read by its name has a line`() {
    let page = program.run(["help", "environment"]).text
    for setting in program.run(["config", "--json"]).text.split(separator: "\"")
    where setting.hasPrefix("USHER_") {
      #expect(page.contains(setting), "\(setting)")
    }
  }

  @Test func `a page that does not exist is no command either`() {
    let result = program.run(["help", "exit-code"])
    #expect(result.status == 2)
    #expect(result.errorText.contains("there is no command"))
  }

  @Test func `the licence is told, also where the settings are broken`() throws {
    let result = program.run(["licenses"])
    #expect(result.status == 0)
    #expect(result.text.contains("Apache License, Version 2.0"))
  }
}
