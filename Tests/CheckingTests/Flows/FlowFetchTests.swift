import Basics
import Glibc
import LoopbackSupport
import ProviderFormat
import Requests
import Secrets
import Testing

/// The tokens of the flows in `Data`, got and kept where the check gets them and throws them away.
@Suite(.needsOpenSSL, .needsPython, .timeLimit(.minutes(1))) struct FlowFetchTests {
  private static let flows = FlowFile.all.filter { named in
    guard let flow = try? named.flow.get() else { return false }
    let provider = Provider(slug: "loopback", entry: flow.entry, origin: .builtIn)
    return TokenOrigin(provider) == .fetched
  }

  @Test(arguments: flows)
  func `a fetch comes to what the check comes to`(_ named: NamedFlow) async throws {
    let flow = try named.flow.get()
    let expected = flow.expected
    let started = Int64(time(nil))
    switch try await FlowStage.fetch(flow, named: named.name) {
    case .refused(let diagnosis):
      let comment = Comment(rawValue: "\(named.name): \(diagnosis)")
      #expect(diagnosis.kind == expected.verdict, comment)
      #expect(diagnosis.cause == expected.cause, comment)
      for (field, text) in flow.values where !field.hasPrefix("params.") && text.count >= 8 {
        #expect(!"\(diagnosis)".contains(text), comment)
      }
    case .token(let token):
      let (names, expires) = (token.values.keys, token.expires)
      #expect(expected.verdict == .accepted, "\(named.name)")
      #expect(!names.isEmpty, "\(named.name)")
      if let moment = expected.tokenExpires { #expect(expires?.description == moment) }
      if let life = expected.life {
        let lives = try #require(expires).secondsSinceEpoch - started
        #expect((Int64(life) - 30...Int64(life) + 30).contains(lives), "\(named.name)")
      }
    }
  }

  @Test func `there are flows of every mode that has a token`() {
    let modes = Set(
      Self.flows.compactMap { named in
        (try? named.flow.get())?.entry["auth_mode"]?.text
      })
    #expect(modes.isSuperset(of: ["OAUTH2_CC", "TWO_STEP", "BILL", "AWS_SIGV4"]))
  }
}
