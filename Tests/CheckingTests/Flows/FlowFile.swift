import Basics
import FoundationEssentials
import GuideText
import ProviderFormat
import Requests
import TestSupport

/// The files with flows: every `.yaml` below `Data`.
enum FlowFile {
  static let directory =
    #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    .joined(separator: "/") + "/Data"

  /// All flows of all files, or of those in whose names the variable `USHER_FLOW` occurs.
  static let all: [NamedFlow] = {
    let wanted = ProcessInfo.processInfo.environment["USHER_FLOW"] ?? ""
    let paths = (try? FileManager.default.subpathsOfDirectory(atPath: directory)) ?? []
    return paths.filter { $0.hasSuffix(".yaml") }.sorted().flatMap { path in
      flows(TextFile.read("\(directory)/\(path)") ?? [], name: String(path.dropLast(5)))
    }.filter { wanted.isEmpty || $0.name.contains(wanted) }
  }()

  /// The flow that a file describes, and below `also` the cases that differ from it.
  static func flows(_ bytes: [UInt8], name: String) -> [NamedFlow] {
    do throws(FlowProblem) {
      var file = try members(of: bytes, name: name)
      let cases = try file.map("also").members
      let flow = try flow(&file)
      return [NamedFlow(name: name, flow: .success(flow))]
        + cases.map { member in
          NamedFlow(
            name: "\(name): \(member.key)",
            flow: Result { () throws(FlowProblem) in
              try changed(flow, FlowMembers(member.value, of: "also: \(member.key)"))
            })
        }
    } catch {
      return [NamedFlow(name: name, flow: .failure(error))]
    }
  }

  private static func members(of bytes: [UInt8], name: String) throws(FlowProblem) -> FlowMembers {
    let result: YAMLReader.Result
    do throws(GuideFinding) {
      result = try YAMLReader.read(bytes, file: "\(name).yaml")
    } catch {
      throw FlowProblem(description: "\(error)")
    }
    guard result.findings.isEmpty else { throw FlowProblem(description: "\(result.findings)") }
    return try FlowMembers(try FlowKeys.filled(result.value), of: "the file")
  }

  private static func flow(_ file: inout FlowMembers) throws(FlowProblem) -> Flow {
    let flow = Flow(
      stage: try file.word("stage") ?? .plain, entry: try file.map("entry"),
      values: try texts(try file.map("values")).compactMapValues { $0 },
      routes: try routes(try file.list("provider")),
      expected: try expectation(try file.members("expect")))
    try file.end()
    return flow
  }

  /// The same provider, with another entry or other values: what stands there replaces members of the same name, and
  /// null takes them away.
  private static func changed(
    _ flow: Flow, _ change: consuming FlowMembers
  ) throws(FlowProblem) -> Flow {
    var flow = flow
    for member in try change.map("entry").members { flow.entry[member.key] = member.value }
    for (name, text) in try texts(try change.map("values")) { flow.values[name] = text }
    flow.expected = try expectation(try change.members("expect"))
    try change.end()
    return flow
  }

  private static func texts(_ map: Value.Map) throws(FlowProblem) -> [String: String?] {
    var texts: [String: String?] = [:]
    for member in map.members {
      guard member.value == .null || member.value.text != nil else {
        throw FlowProblem(description: "the value \(member.key) is no text")
      }
      texts[member.key] = .some(member.value.text)
    }
    return texts
  }

  /// The provider reads the rest. One list of all files goes to it, so what would stop it is found here.
  private static func routes(_ list: [Value]) throws(FlowProblem) -> [Value] {
    for route in list {
      var members = try FlowMembers(route, of: "a route")
      guard try members.text("path") != nil else {
        throw FlowProblem(description: "a route has no path")
      }
      _ = try members.text("method")
      for name in ["when", "expect", "refusal", "answer"] { _ = try members.map(name) }
      for check in try members.list("auth") {
        guard check["kind"]?.text != nil else {
          throw FlowProblem(description: "a check of a route has no kind")
        }
      }
      try members.end()
    }
    return list
  }

  private static func expectation(
    _ members: consuming FlowMembers
  ) throws(FlowProblem) -> Flow.Expectation {
    guard let verdict: Diagnosis.Kind = try members.word("verdict") else {
      throw FlowProblem(description: "no verdict is expected")
    }
    var expected = Flow.Expectation(verdict: verdict)
    expected.cause = try members.word("cause")
    expected.says = try members.texts("says") ?? []
    expected.organization = try members.text("organization")
    expected.life = try members.text("life").flatMap { Int($0) }
    expected.tokenExpires = try members.text("token_expires")
    expected.requests = try members.texts("requests")
    expected.hidden = try members.texts("hidden") ?? []
    try members.end()
    return expected
  }
}
