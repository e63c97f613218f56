internal import Basics
internal import Secrets

/// The body of an answer that should hold a token: JSON, XML, or for the empty path anything.
struct TokenAnswer: ~Copyable {
  /// JSON; XML has been turned into it.
  private let body: SecretBuffer
  private let isXML: Bool
  private let status: Int

  init(_ answer: borrowing CheckAnswer) {
    status = answer.status
    isXML = answer.isXML
    body = answer.withJSON { SecretBuffer(copying: $0) }
  }

  /// The text at a path: a string's, or a number as it is written. Nil when there is none, and when it is empty.
  borrowing func text(at path: String) -> SecretBuffer? {
    body.withBytes { bytes in
      let asked = JSONPath(path, isXML: isXML)
      guard let range = asked.find(in: bytes) else {
        return path.isEmpty && !bytes.isBlank ? SecretBuffer(copying: bytes) : nil
      }
      if let text = asked.text(in: bytes) {
        if text.isEmpty { return nil }
        return text
      }
      let isMap = path.isEmpty && range.count > "{}".utf8.count
      return isMap ? SecretBuffer(copying: bytes.extracting(range)) : nil
    }
  }

  /// What the answer comes to. The token is read to see that it is there and to take it out of the texts that are
  /// kept, and is wiped with the check; its expiry stays, and the members that the entry names.
  ///
  /// - Parameter fallback: in seconds, how long a token lives of which nothing is said; nil when that is not known.
  consuming func diagnosis(
    by rules: TokenResponseRules, fallback: Int64?, _ context: inout CheckContext
  ) -> Diagnosis {
    guard let token = firstText(at: rules.token) else { return missing(rules.token[0], context) }
    var diagnosis = context.general.diagnosis(.accepted)
    diagnosis.status = status
    diagnosis.tokenExpires = TokenExpiry(rules, now: context.sources.now, fallback: fallback)
      .read(token: token) { text(at: $0) }
    context.sources.fetched.set("accessToken", to: token)
    for path in rules.metadata.prefix(Diagnosis.mostMetadata) {
      guard let value = text(at: path) else { continue }
      diagnosis.metadata[path] = value.withBytes { Redactor.clean($0, from: context.sources) }
    }
    return diagnosis
  }

  private borrowing func firstText(at paths: [String]) -> SecretBuffer? {
    for path in paths {
      if let text = text(at: path) { return text }
    }
    return nil
  }

  private borrowing func missing(_ path: String, _ context: borrowing CheckContext) -> Diagnosis {
    if let refusal = body.withBytes({ OAuthError(in: $0) }) {
      return TokenRefusal(context, fields: []).diagnosis(refusal, status: status)
    }
    var diagnosis = context.general.diagnosis(.unclear)
    diagnosis.status = status
    let place = path.isEmpty ? "" : " at \(path)"
    diagnosis.sentence = "\(context.general.name) answered \(status), but without a token\(place)."
    return diagnosis
  }
}

extension RawSpan {
  /// Whether nothing but blanks stands in it.
  fileprivate var isBlank: Bool { !contains { !$0.isBlank } }
}
