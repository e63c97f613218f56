internal import Basics
internal import ProviderFormat
internal import Secrets

/// The body of an answer that should hold a token: JSON, XML, form data, or for the empty path anything.
struct TokenAnswer: ~Copyable {
  /// JSON; XML and form data have been turned into it.
  private let body: SecretBuffer
  private let form: AnswerForm
  private let cut: CheckAnswer.Cut?
  private let status: Int

  init(_ answer: borrowing CheckAnswer) {
    status = answer.status
    form = answer.form
    cut = answer.cut
    body = answer.withJSON { SecretBuffer(copying: $0) }
  }

  /// The text at a path: a string's, or a number as it is written. Nil when there is none, and when it is empty.
  borrowing func text(at path: String) -> SecretBuffer? {
    body.withBytes { bytes in
      let asked = JSONPath(path, isXML: form == .xml)
      guard let range = asked.find(in: bytes, isCut: cut != nil) else {
        return path.isEmpty && isToken ? SecretBuffer(copying: bytes) : nil
      }
      if let text = asked.text(at: range, in: bytes) {
        if text.isEmpty { return nil }
        return text
      }
      let isMap = path.isEmpty && range.count > "{}".utf8.count
      return isMap ? SecretBuffer(copying: bytes.extracting(range)) : nil
    }
  }

  /// What the answer comes to. The token goes where templates find it and texts are cleaned of it, as does what else
  /// later requests use; whoever wants to keep it takes it from there.
  ///
  /// - Parameters:
  ///   - answer: what this was made of.
  ///   - fallback: in seconds, how long a token lives of which nothing is said; nil when that is not known.
  consuming func diagnosis(
    of answer: borrowing CheckAnswer, by rules: TokenResponseRules, fallback: Int64?,
    _ context: inout CheckContext
  ) -> Diagnosis {
    // Where all of the answer is the token, a refusal would be taken for one.
    if rules.token == [""], !isOneWord,
      let refusal = TokenRefusal(context).diagnosis(of: answer, from: context.sources)
    {
      return refusal
    }
    guard let token = firstText(at: rules.token) else {
      return missing(rules.token[0], in: answer, context)
    }
    var diagnosis = context.general.diagnosis(.accepted)
    diagnosis.status = status
    let expiry = TokenExpiry(rules, now: context.sources.now, fallback: fallback)
      .read(token: token) { text(at: $0) }
    context.sources.fetched.set(TemplateContext.tokenName, to: token)
    keepMembers(by: rules, in: &context.sources)
    diagnosis.tokenExpires = expiry.end
    switch expiry.unread {
    case .some(let text):
      diagnosis.unreadTokenExpiry = text.withBytes { Redactor.clean($0, from: context.sources) }
    case nil: break
    }
    for path in rules.metadata.prefix(Diagnosis.mostMetadata) {
      guard let value = text(at: path) else { continue }
      diagnosis.metadata[path] = value.withBytes { Redactor.clean($0, from: context.sources) }
      context.sources.settle(Field.ID(.connectionConfig, path), to: value)
    }
    return diagnosis
  }

  /// What later requests use besides the token. A refresh token that is not there again is still the one that it was.
  private borrowing func keepMembers(
    by rules: TokenResponseRules, in sources: inout TemplateContext
  ) {
    if let path = rules.refreshToken, let token = text(at: path) {
      for name in TokenSet.names(of: TokenSet.refreshTokenName, in: sources) {
        sources.fetched.set(name, to: token.duplicate())
      }
    }
    for name in rules.members {
      let path = String(name.dropFirst(TokenResponseRules.rawPrefix.count))
      if let value = text(at: path) { sources.fetched.set(name, to: value) }
    }
  }

  private borrowing func firstText(at paths: [String]) -> SecretBuffer? {
    for path in paths {
      if let text = text(at: path) { return text }
    }
    return nil
  }

  /// Whether it is a text without a blank in it, as tokens are. No copy is made of such a one to look for words in it.
  private var isOneWord: Bool {
    switch form {
    case .text, .json:
      body.withBytes { bytes in
        let inner = bytes.rangeWithoutOuterBlanks
        guard !inner.isEmpty, bytes[inner.lowerBound] != UInt8(ascii: "{") else { return false }
        return !bytes.extracting(inner).contains(where: \.isBlank)
      }
    case .empty, .xml, .form, .page: false
    }
  }

  /// Whether a body that is no JSON can be a token as a whole.
  private var isToken: Bool {
    switch form {
    case .text, .form, .json, .xml: true
    case .empty, .page: false
    }
  }

  /// What it means that the answer holds nothing at a path: what it says itself, else what is wrong with it.
  borrowing func missing(
    _ path: String, in answer: borrowing CheckAnswer, _ context: borrowing CheckContext
  ) -> Diagnosis {
    if let refusal = TokenRefusal(context).diagnosis(of: answer, from: context.sources) {
      return refusal
    }
    var diagnosis = context.general.diagnosis(.unclear)
    diagnosis.status = status
    // A text may hold the token that was not found in it.
    if form != .text || body.withBytes({ $0.isProse }) {
      diagnosis.providerSays = ProviderMessage.find(in: answer, from: context.sources)
    }
    let answered = "\(context.general.name) answered \(status), but"
    if let cut {
      diagnosis.cause = cut.cause
      let why = cut.detail.map { ": \($0)" } ?? ""
      diagnosis.sentence = "\(answered) its answer broke off before a token was there\(why)."
      diagnosis.nextStep = "Check again; look at the network if it stays so."
      return diagnosis
    }
    if case .json(let fault?) = form {
      diagnosis.cause = .badAnswer
      diagnosis.sentence = "\(answered) with JSON that cannot be read: \(fault.message)."
      return diagnosis
    }
    if form == .text {
      diagnosis.cause = .badAnswer
      diagnosis.sentence = "\(answered) with a text that is neither JSON, XML nor form data."
      return diagnosis
    }
    let place = path.isEmpty ? "" : " at \(path)"
    diagnosis.sentence = "\(answered) without a token\(place)."
    return diagnosis
  }
}

extension RawSpan {
  /// Whether it is words for people: without the marks of data, and without anything as long as a token.
  fileprivate var isProse: Bool {
    var length = 0
    return !contains { byte in
      length = byte.isBlank ? 0 : length + 1
      return length > 32 || "{}[]=<>\"".utf8.contains(byte)
    }
  }
}
