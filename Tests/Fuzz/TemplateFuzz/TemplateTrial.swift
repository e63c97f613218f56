import Basics
import FuzzSupport
import Secrets

@testable import Drafts
@testable import ProviderFormat
@testable import Requests
@testable import Signing

/// A template with values for it, and what must hold wherever it is filled in.
struct TemplateTrial {
  /// Stands in the values only, behind the name `canary`.
  private static let canary = "CANARY-EXAMPLE-1"
  private static let provider = Provider(
    slug: "fuzz", displayName: "Fuzz", authMode: .apiKey, origin: .builtIn)

  private let text: String
  private let values: [[UInt8]]
  /// A value may name the canary; only a template may have it put in.
  private let mayHoldCanary: Bool

  init(_ text: String, values: [[UInt8]]) {
    self.text = text
    self.values = values
    mayHoldCanary =
      text.contains("anary")
      || values.contains { String(decoding: $0, as: UTF8.self).contains("EXAMPLE") }
  }

  /// The host is the template's own but for the values in it.
  func asAddress() {
    let sources = sources()
    guard
      let address = try? AddressWriter(Template(text), TemplateWriter(names: .address)).write(
        from: sources)
    else { return }
    // An address without an origin becomes no request.
    guard let origin = address.withBytes({ try? Origin(ofAddress: $0) }) else { return }
    check(address, "an address")
    guard let host = HostPattern(text) else { return }
    guard host.allows(origin) else { fatalError("\(text) leads to \(origin.description)") }
  }

  /// Nothing in a header ends it.
  func asHeader() {
    var headers = PreparedHeaders()
    let builder = RequestBuilder(provider: Self.provider)
    let sources = sources()
    guard (try? builder.set("x-fuzz", text, in: &headers, from: sources)) != nil else { return }
    headers.withValue(of: "x-fuzz") { value in
      if value.holdsControl { fatalError("a header holds a control character") }
      if !mayHoldCanary, value.holds(Self.canary) { fatalError("a value was taken for a template") }
    }
  }

  /// A parameter stays one parameter.
  func asParameter() {
    var value = SecretWriter()
    let sources = sources()
    let writer = TemplateWriter(names: .query)
    let result = writer.writeChoosing(text, from: sources, to: &value)
    guard result.isComplete, let value = value.finish() else { return }
    var parameters = SecretMap<String>()
    parameters.set("p", to: value)
    let start = SecretBuffer(fuzz: "https://a.example/?q=1".utf8)
    let address = start.withBytes { QueryWriter.set(parameters, in: $0, isRedacting: false) }
    guard let address else { return }
    check(address, "a query")
    address.withBytes { bytes in
      var ampersands = 0
      for offset in 0..<bytes.byteCount where bytes[offset] == UInt8(ascii: "&") { ampersands += 1 }
      if ampersands != 1 { fatalError("a parameter became several") }
    }
  }

  private func check(_ address: borrowing SecretBuffer, _ name: String) {
    address.withBytes { bytes in
      for offset in 0..<bytes.byteCount where !(0x21...0x7E).contains(bytes[offset]) {
        fatalError("\(name) holds a byte that none may hold")
      }
      if !mayHoldCanary, bytes.holds(Self.canary) { fatalError("a value was taken for a template") }
    }
  }

  private func sources() -> TemplateContext {
    var secrets = SecretValues()
    let names = ["a", "b"].flatMap { name in
      [Field.ID(.credentials, name), Field.ID(.connectionConfig, name)]
    }
    for (id, value) in zip(names, values) { secrets.set(id, to: SecretBuffer(fuzz: value)) }
    for scope in [Field.Scope.credentials, .connectionConfig] {
      secrets.set(Field.ID(scope, "canary"), to: SecretBuffer(fuzz: Self.canary.utf8))
    }
    let moment = ReplayContext(
      now: Timestamp(secondsSinceEpoch: 0), randomSource: RandomSource(seed: [7]))
    return TemplateContext(
      of: Submission(provider: Self.provider, values: secrets), at: moment)
  }
}
