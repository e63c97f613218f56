import Basics
import Secrets
import TestSupport
import Testing

@testable import Store

/// Records that two programs exchange: `USHER_RECORDS` says how many each way. Each test prints what it has compared.
@Suite("age: random records", .timeLimit(.minutes(10)))
final class AgeRecordTests {
  private let directory = TemporaryDirectory()

  @Test(.enabled(if: Tool.path("age") != nil, "needs age"))
  func `age opens what we seal, with keys of its own and of SSH`() throws {
    let age = try #require(Tool.path("age"))
    let identity = directory.file("identity")
    for (number, record) in AgeRecord.all(seed: 1).enumerated() {
      TestFile.write(record.reader.text, to: identity)
      let result = ChildProcess.run(age, ["-d", "-i", identity], input: try record.sealed())
      #expect(result.status == 0, "record \(number): \(result.errorText)")
      #expect(result.output == record.content, "record \(number)")
    }
    report("sealed here, opened by age")
  }

  @Test(.enabled(if: Tool.path("age") != nil, "needs age"))
  func `we open what age seals, with keys of its own and of SSH`() throws {
    let age = try #require(Tool.path("age"))
    for (number, record) in AgeRecord.all(seed: 2).enumerated() {
      let recipients = record.recipients.flatMap { ["-r", $0.text] }
      let result = ChildProcess.run(
        age, (record.isArmored ? ["-a"] : []) + recipients, input: record.content)
      #expect(result.status == 0, "record \(number): \(result.errorText)")
      #expect(try record.isOpened(from: result.output), "record \(number)")
    }
    report("sealed by age, opened here")
  }

  @Test(.enabled(if: AgePeer.interpreter != nil, "needs pyrage"))
  func `pyrage opens what we seal`() throws {
    let records = AgeRecord.all(seed: 3)
    var jobs: [AgePeer.Job] = []
    for (number, record) in records.enumerated() {
      TestFile.write(try record.sealed(), to: path(number, "age"))
      TestFile.write(record.reader.text, to: path(number, "key"))
      var job = job("open", number)
      job.identity = path(number, "key")
      jobs.append(job)
    }
    try AgePeer.run(jobs, in: directory)
    for (number, record) in records.enumerated() {
      #expect(TestFile.read(path(number, "plain")) == record.content, "record \(number)")
    }
    report("sealed here, opened by pyrage")
  }

  @Test(.enabled(if: AgePeer.interpreter != nil, "needs pyrage"))
  func `we open what pyrage seals`() throws {
    let records = AgeRecord.all(seed: 4)
    var jobs: [AgePeer.Job] = []
    for (number, record) in records.enumerated() {
      TestFile.write(record.content, to: path(number, "plain"))
      var job = job("seal", number)
      job.recipients = record.recipients.map(\.text)
      job.armored = record.isArmored
      jobs.append(job)
    }
    try AgePeer.run(jobs, in: directory)
    for (number, record) in records.enumerated() {
      let file = TestFile.read(path(number, "age"))
      #expect(try record.isOpened(from: file), "record \(number)")
    }
    report("sealed by pyrage, opened here")
  }

  /// A second of work each, and more where nothing is optimized: so there are few.
  @Test(.enabled(if: AgePeer.interpreter != nil, "needs pyrage"))
  func `a passphrase opens the files of pyrage here and ours there`() throws {
    let count = max(1, AgeRecord.count / 50)
    var jobs: [AgePeer.Job] = []
    for number in 0..<count {
      let ours = path(number, "ours.age")
      TestFile.write(
        try AgeFile.seal(
          content(number), passphrase: TestRecord.buffer(passphrase(number)), workFactor: 10),
        to: ours)
      jobs.append(
        AgePeer.Job(
          action: "open", input: ours, output: path(number, "theirs"),
          passphrase: passphrase(number)))
      jobs.append(
        AgePeer.Job(
          action: "seal", input: path(number, "theirs"), output: path(number, "theirs.age"),
          passphrase: passphrase(number)))
    }
    try AgePeer.run(jobs, in: directory)
    for number in 0..<count {
      let expected = content(number).withBytes { $0.copied() }
      #expect(TestFile.read(path(number, "theirs")) == expected)
      var opened = SecretBuffer()
      try AgeFile.open(
        TestFile.read(path(number, "theirs.age")),
        passphrase: TestRecord.buffer(passphrase(number)), into: &opened)
      #expect(opened.withBytes { $0.copied() } == expected)
    }
    Gate.report("interop", "\(count) files with a passphrase exchanged with pyrage each way")
  }

  private func path(_ number: Int, _ ending: String) -> String {
    directory.file("\(number).\(ending)")
  }

  private func job(_ action: String, _ number: Int) -> AgePeer.Job {
    let isOpening = action == "open"
    return AgePeer.Job(
      action: action, input: path(number, isOpening ? "age" : "plain"),
      output: path(number, isOpening ? "plain" : "age"))
  }

  private func passphrase(_ number: Int) -> String { "gråsäl \(number) EXAMPLE" }

  private func content(_ number: Int) -> SecretBuffer { TestRecord.buffer("content \(number)") }

  private func report(_ what: String) {
    Gate.report("interop", "\(AgeRecord.count) records \(what)")
  }
}
