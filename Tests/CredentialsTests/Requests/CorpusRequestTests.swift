import Basics
import Catalogues
import Drafts
import FoundationEssentials
import ProviderFormat
import Requests
import Secrets
import Signing
import Testing

/// The folder with sample providers and what has to come of them, where there is one.
private let corpus = ProcessInfo.processInfo.environment["USHER_CORPUS"]

/// The requests of the general check against independent expectations, made from a real provider file.
@Suite(.enabled(if: corpus != nil, "USHER_CORPUS names no folder"))
struct CorpusRequests {
  @Test func `every sample request is built exactly as expected`() throws {
    let expected = try Value(json: Corpus.text("expected.json"))
    let catalogue = Catalogue(sources: [.namedFolder("\(corpus ?? "")/nango-sample")])
    var checked = 0
    for member in expected["providers"]?.map?.members ?? [] {
      guard let sample = member.value["sample"], let request = sample["request"] else { continue }
      let provider = try #require(catalogue.provider(member.key))
      let inputs = sample["inputs"]?.map ?? .init()
      checked += 1
      guard request["skipped"] == nil else {
        // The sample's key is none, so what has to be signed cannot be.
        #expect(throws: RequestError.badKey(.notPEM)) { try Self.requests(provider, inputs) }
        continue
      }
      let planned = try #require(try Self.requests(provider, inputs).first)
      #expect(
        Self.sorted(planned).json == Self.sorted(request).json, "the request of \(member.key)")
    }
    // 39 requests, and 2 that cannot be built without a key that signs.
    #expect(checked == 41)
  }

  private static func requests(_ provider: Provider, _ inputs: Value.Map) throws -> [Value] {
    var values = SecretValues()
    for scope in inputs.members {
      for input in scope.value.map?.members ?? [] {
        let id = try #require(Field.ID("\(scope.key).\(input.key)"))
        values.set(id, to: SecretBuffer(fixture: input.value.text ?? ""))
      }
    }
    let submission = Submission(provider: provider, values: values)
    let json = try CheckSession.plan(submission).json(revealing: true)
    return try #require(try Value(json: json.fixtureText)["requests"]?.list)
  }

  /// With the members of maps in one order.
  private static func sorted(_ value: Value) -> Value {
    guard let map = value.map else { return value }
    return .map(
      .init(
        map.members.sorted { $0.key < $1.key }.map { .init(key: $0.key, value: sorted($0.value)) })
    )
  }
}

private enum Corpus {
  static func text(_ name: String) throws -> String {
    let path = "\(corpus ?? "")/\(name)"
    return String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
  }
}
