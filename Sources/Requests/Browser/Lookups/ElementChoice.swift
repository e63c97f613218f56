internal import Basics
internal import Drafts
internal import ProviderFormat
internal import Secrets

/// Says which elements of an answer a look-up may mean, by what was typed and what the token says of itself.
struct ElementChoice: ~Copyable {
  /// The elements that are looked at.
  private static let most = 100
  /// Those that a person is told where several are possible.
  static let mostNamed = 10

  private let settings: SecretValues
  /// What the access token says of itself, as JSON; empty where it is no JSON Web Token.
  private let claims: SecretBuffer

  init(_ sources: borrowing TemplateContext) {
    let claims = sources.fetched.withBytes(of: TemplateContext.tokenName) { JWTClaims.payload($0) }
    settings = sources.values.duplicate()
    self.claims = claims ?? SecretBuffer(capacity: 1)
  }

  /// A claim of the token; nil where it has none.
  borrowing func claim(_ name: String) -> SecretBuffer? {
    claims.withBytes { JSONPath(name).text(in: $0) }
  }

  /// The elements that fit, each as what stands before paths in it. Where there is no list that is the whole answer.
  borrowing func elements(of answer: borrowing CheckAnswer, for step: LinkLookup) -> [String] {
    guard let list = step.list, AnswerPath(list).kind(in: answer) == .list else {
      return fits(answer, at: "", step) ? [""] : []
    }
    var places: [String] = []
    for index in 0..<Self.most {
      let place = "\(list)[\(index)]"
      if AnswerPath(place).kind(in: answer) == .absent { break }
      if fits(answer, at: "\(place).", step) { places.append("\(place).") }
    }
    return places
  }

  private borrowing func fits(
    _ answer: borrowing CheckAnswer, at place: String, _ step: LinkLookup
  ) -> Bool {
    for condition in step.conditions {
      if !condition.test.passes(AnswerPath(place + condition.path), in: answer) { return false }
    }
    let wanted = step.matches + (step.list == nil ? [] : step.settings.map(\.asMatch))
    for match in wanted {
      guard let wanted = value(of: match.source) else { continue }
      guard let text = AnswerPath(place + match.path).text(in: answer) else { return false }
      let isSame = text.withBytes { text in wanted.withBytes { text.agrees(with: $0) } }
      if !isSame { return false }
    }
    return true
  }

  /// Nil where it has none.
  private borrowing func value(of source: String) -> SecretBuffer? {
    if let name = source.removing(prefix: "claims.") { return claim(name) }
    guard let name = source.removing(prefix: "params."),
      let value = settings.duplicate(of: Field.ID(.connectionConfig, name)), !value.isEmpty
    else { return nil }
    return value
  }
}

extension LinkLookup.Finding {
  /// A setting that somebody typed says which element is meant.
  fileprivate var asMatch: LinkLookup.Match { .init(path: path, source: "params.\(setting)") }
}

extension String {
  fileprivate func removing(prefix: String) -> String? {
    hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
  }
}

extension RawSpan {
  /// Whether it is the same text, or an address whose host begins with it.
  fileprivate func agrees(with wanted: RawSpan) -> Bool {
    if byteCount == wanted.byteCount, hasIgnoringCase(wanted, at: 0) { return true }
    guard let start = firstOffset(of: "://".utf8).map({ $0 + 3 }) else { return false }
    let end = start + wanted.byteCount
    return hasIgnoringCase(wanted, at: start) && end < byteCount && self[end] == UInt8(ascii: ".")
  }

  /// Whether a text stands at a place, without regard to the case of ASCII letters.
  private func hasIgnoringCase(_ text: RawSpan, at start: Int) -> Bool {
    guard start + text.byteCount <= byteCount else { return false }
    return (0..<text.byteCount).allSatisfy { offset in
      self[start + offset].asciiLowercased == text[offset].asciiLowercased
    }
  }
}
