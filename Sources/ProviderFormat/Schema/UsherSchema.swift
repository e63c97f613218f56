internal import Basics

extension UsherExtension {
  /// Reads the `usher:` key. Parts that cannot be understood are left out here and reported by the lint.
  init(_ value: Value?) {
    self = value.flatMap { Self.schema.read($0, into: UsherExtension()) } ?? UsherExtension()
  }

  private typealias Key = MapSchema<Self>.Key

  /// The keys of `usher`.
  package static let schema = MapSchema<UsherExtension>("usher") {
    Key("domain", .text) { $0.domain = $1 }
    Key("check", .entries(CheckStep.schema, into: CheckStep(url: ""))) { $0.check = $1 }
    Key("derive", .entries(DerivationParts.schema, into: DerivationParts())) {
      $0.derivations = $1.compactMap(\.derivation)
    }
    Key("hints", .entries(Hint.schema, into: Hint())) { $0.hints = $1 }
    Key("severity", .byField(KeyType<PatternSeverity>.word("use error or warning"))) {
      $0.patternSeverity = $1
    }
    Key("revoke", .object(Revocation.schema, into: Revocation())) { $0.revocation = $1 }
    Key("device", .object(DeviceGrant.schema, into: DeviceGrant(url: ""))) { $0.device = $1 }
    Key("env", .byField(.text)) { $0.variables = $1 }
  }
}

extension UsherExtension.Hint {
  fileprivate init() {
    self.init(field: .init(.credentials, ""), startsWith: "", verdict: .right, say: nil)
  }

  private typealias Key = MapSchema<Self>.Key

  /// The keys of one hint.
  package static let schema = MapSchema<Self>("usher.hints") {
    Key("field", .field, need: .present) { $0.field = $1 }
    Key(
      "starts_with", .beginning, need: .present, says: "a hint has no starts_with"
    ) { $0.startsWith = $1 }
    Key(
      "verdict", KeyType<Verdict>.word("use right, wrong or required"), need: .present,
      says: "a hint has no known verdict"
    ) { $0.verdict = $1 }
    Key("say", .text) { $0.say = $1 }
  }
}

extension UsherExtension.DeviceGrant {
  private typealias Key = MapSchema<Self>.Key

  /// The keys of `usher.device`.
  package static let schema = MapSchema<Self>("usher.device") {
    Key("url", .text, need: .present, says: "usher.device has no url") { $0.url = $1 }
    Key("token_url", .text) { $0.tokenURL = $1 }
    Key("params", .map) { $0.parameters = $1 }
    Key("token_params", .map) { $0.tokenParameters = $1 }
    Key("auth_method", .text) { $0.method = $1 }
  }
}

extension UsherExtension.Revocation {
  private typealias Key = MapSchema<Self>.Key

  /// The keys of `usher.revoke`.
  package static let schema = MapSchema<Self>("usher.revoke") {
    Key("page", .text) { $0.page = $1 }
    Key("method", .text) { $0.method = $1.uppercased() }
    Key("url", .text) { $0.url = $1 }
    Key("headers", .templates, says: "headers of usher.revoke is not a map of texts") {
      $0.headers = $1
    }
    Key("body", .any) { $0.body = .json($1) }
    Key(
      "form", .map, says: "the form of usher.revoke is not a map", advice: "write it as name: value"
    ) { $0.body = $0.body ?? .form($1) }
    Key("token_url", .text) { $0.tokenURL = $1 }
    Key("token_params", .map) { $0.tokenParameters = $1 }
    Key("auth_method", .text) { $0.clientMethod = $1 }
  }
}

/// An entry of `derive` as it is written: which keys it has decides what is derived.
package struct DerivationParts: Sendable {
  private var field: Field.ID?
  private var name: String?
  private var text: String?
  private var from: Field.ID?
  private var pattern: String?
  private var answer: String?
  private var because: String?

  init() {}

  private typealias Key = MapSchema<Self>.Key

  /// The keys of one derivation.
  package static let schema = MapSchema<Self>("usher.derive") {
    Key("field", .field) { $0.field = $1 }
    Key("name", .text) { $0.name = $1 }
    Key("text", .text) { $0.text = $1 }
    Key("from", .field) { $0.from = $1 }
    Key("pattern", .text) { $0.pattern = $1 }
    Key("answer", .text) { $0.answer = $1 }
    Key("because", .text) { $0.because = $1 }
  }

  /// Nil when it says not what it is for, or not where it comes from.
  var derivation: UsherExtension.Derivation? {
    let target = field.map(UsherExtension.Derivation.Target.field) ?? name.map { .name($0) }
    guard let target, let source else { return nil }
    return .init(target: target, source: source, because: because)
  }

  private var source: UsherExtension.Derivation.Source? {
    if let pattern { return from.map { .pattern(pattern, in: $0) } }
    return answer.map { .answer($0) } ?? text.map { .text($0) }
  }
}
