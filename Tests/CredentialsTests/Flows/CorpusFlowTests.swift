import Basics
import Catalogues
import FoundationEssentials
import ProviderFormat
import Requests
import Testing

/// The folder with a table of flows and the entries that it was made from, where there is one.
private let corpus = ProcessInfo.processInfo.environment["USHER_CORPUS"]

/// The requests of real providers against independent expectations.
@Suite(.enabled(if: corpus != nil, "USHER_CORPUS names no folder"))
struct CorpusFlows {
  @Test func `every request of the table is worked out exactly`() throws {
    let folder = try #require(corpus)
    let bytes = try Data(contentsOf: URL(filePath: "\(folder)/flows.json"))
    let table = try Value(json: String(decoding: bytes, as: UTF8.self))
    let catalogue = Catalogue(sources: [.namedFolder("\(folder)/flows-sample")])
    var comparison = FlowComparison()
    for flow in table.map?.members ?? [] {
      let provider = try #require(catalogue.provider(flow.key))
      let json = try ProviderFlow(provider, given: Self.given(flow.value)).json()
      comparison.compare(flow.key, flow.value, try Value(json: json.fixtureText))
    }
    for difference in comparison.unequal { Issue.record("\(difference)") }
    for (part, count) in comparison.counts.sorted(by: { $0.key < $1.key }) {
      print("\(part): \(count.equal) of \(count.compared)")
    }
    print("skipped by the table: \(comparison.skipped)")
    #expect(comparison.compared > 300)
  }

  /// What may be read of the table: nothing that is to come out.
  private static func given(_ flow: Value) -> Value {
    var given: [(String, Value)] = [("inputs", flow["inputs"] ?? .null)]
    if let steps = flow["steps"]?.list {
      given.append(
        ("steps", .list(steps.map { .map([("answer_before", $0["answer_before"] ?? .null)]) })))
    }
    let answers = [
      ("next_page", "answer"), ("discovery", "answers"), ("register", "answer"),
    ]
    for (part, member) in answers {
      if let answer = flow[part]?[member] { given.append((part, .map([(member, answer)]))) }
    }
    if let variants = flow["variants"]?.map {
      given.append(
        ("variants", .map(variants.members.map { ($0.key, Self.given($0.value)) })))
    }
    return .map(given)
  }
}
