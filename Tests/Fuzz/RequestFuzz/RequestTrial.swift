import Basics
import FuzzSupport
import Secrets
import Signing

@testable import Drafts
@testable import ProviderFormat
@testable import Requests

/// A provider with values for it, and what must hold of every request that its check would send.
struct RequestTrial {
  /// A secret behind a name that only a value could bring in.
  private static let canary = "CANARY-EXAMPLE-1"
  private static let moment = ReplayContext(
    now: Timestamp(secondsSinceEpoch: 0), randomSource: RandomSource(seed: [7]))

  private let provider: Provider
  private let fields: [Field.ID]
  private let values: [[UInt8]]
  private let namesCanary: Bool

  init(_ provider: Provider, fields: [Field.ID], values: [[UInt8]], namesCanary: Bool) {
    self.provider = provider
    self.fields = fields
    self.values = values
    self.namesCanary =
      namesCanary || values.contains { String(decoding: $0, as: UTF8.self).contains("EXAMPLE") }
  }

  func check() {
    var context = CheckContext(TemplateContext(of: submission(), at: Self.moment))
    var procedure = CheckMode(provider).procedure
    for _ in 0..<64 {
      guard let request = try? procedure.next(&context) else { break }
      check(request)
      procedure.advanceWithPlaceholders(&context)
    }
    let submission = submission()
    guard let planned = try? CheckSession.plan(submission, at: Self.moment).json() else { return }
    planned.withBytes { check($0, "a plan") }
  }

  private func check(_ request: borrowing PreparedRequest) {
    request.url.withBytes { url in
      for offset in 0..<url.byteCount where !(0x21...0x7E).contains(url[offset]) {
        fatalError("an address holds a byte that none may hold")
      }
      check(url, "an address")
    }
    for name in request.headers.names {
      if !RequestBuilder.isHeaderName(name) { fatalError("a header's name is none") }
      request.headers.withValue(of: name) { value in
        if value.holdsControl { fatalError("the header \(name) holds a control character") }
        check(value, "the header \(name)")
      }
    }
    switch request.body {
    case .some(let body): body.withBytes { check($0, "a body") }
    case nil: break
    }
  }

  private func check(_ text: RawSpan, _ place: String) {
    if !namesCanary, text.holds(Self.canary) {
      fatalError("a value was taken for a template in \(place)")
    }
  }

  private func submission() -> Submission {
    var secrets = SecretValues()
    for (index, id) in fields.enumerated() {
      let value = index < values.count ? values[index] : Array("acme".utf8)
      secrets.set(id, to: SecretBuffer(fuzz: value))
    }
    for scope in [Field.Scope.credentials, .connectionConfig] {
      secrets.set(Field.ID(scope, "canary"), to: SecretBuffer(fuzz: Self.canary.utf8))
    }
    return Submission(provider: provider, values: secrets)
  }
}
