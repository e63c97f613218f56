internal import Basics
internal import Secrets

/// What the parameters of an answer come to: whether they belong to the question, and what they give.
struct RedirectReading {
  /// Whether the address around them is there, so that nothing of it can be missing.
  let isWhole: Bool
  /// Whether the text was put together again.
  var isRepaired = false

  /// The names under which the state comes back.
  private static let stateNames = ["state", "payload", "customField"]
  /// The parameters that say how a provider calls its refusal.
  private static let errorNames = ["error", "denied"]
  /// Characters of the shortest code that is taken without an address: shorter ones are typing mistakes.
  private static let shortestCode = 4

  /// Whether there is anything of an answer among parameters.
  func knows(
    _ parameters: borrowing RedirectParameters, for request: borrowing AuthorizationRequest
  ) -> Bool {
    let names = Self.names(of: request.expected) + Self.stateNames + Self.errorNames
    return names.contains { parameters.values.contains($0) }
  }

  func answer(
    _ parameters: borrowing RedirectParameters, for request: borrowing AuthorizationRequest
  ) throws(CallbackFault) -> AuthorizationAnswer {
    let expected = request.expected
    let names = Self.names(of: expected) + Self.stateNames + ["iss", "error"]
    let repeated = parameters.repeated
    if let name = names.first(where: repeated.contains) { throw .repeated(name) }
    let isStateChecked = try checkState(parameters, for: request)
    guard hasGift(parameters, expected) else {
      if let refusal = refusal(parameters) { throw .refused(refusal) }
      // Whoever may not install it for the account asks an owner to, and comes back with a code at most.
      let waits =
        expected.gift == .installation
        && (parameters.has("code")
          || parameters.values.withBytes(of: "setup_action") { $0.equals("request".utf8) })
      throw waits ? .awaitsApproval : .noCode
    }
    try checkIssuer(parameters, expected)
    var settings = SecretMap<String>()
    for name in expected.settings where parameters.has(name) {
      settings.set(name, to: parameters.values.duplicate(of: name) ?? SecretBuffer(capacity: 1))
    }
    return AuthorizationAnswer(
      code: code(parameters, expected), settings: settings, isStateChecked: isStateChecked,
      isRepaired: isRepaired)
  }

  /// Takes a text for the code itself.
  func answer(
    bare text: RawSpan, for request: borrowing AuthorizationRequest
  ) throws(CallbackFault) -> AuthorizationAnswer {
    let end = text.firstOffset(of: "#_=_".utf8) ?? text.byteCount
    let code = text.extracting(0..<end)
    guard code.byteCount >= Self.shortestCode, code.firstOffset(of: "://".utf8) == nil,
      !code.contains(where: { $0 <= 0x20 || $0 >= 0x7F })
    else { throw .unreadable }
    guard request.expected.allowsBareGift else { throw .needsWholeAddress }
    return AuthorizationAnswer(
      code: SecretBuffer(percentDecoding: code), settings: SecretMap(), isStateChecked: false,
      isRepaired: isRepaired)
  }

  /// What the provider says of its refusal; nil when it says nothing of one.
  func refusal(_ parameters: borrowing RedirectParameters) -> ProviderRefusal? {
    var error = parameters.words("error")
    if error == nil, parameters.has("denied") { error = OAuthError.accessDenied.rawValue }
    var words: [String] = []
    for name in ProviderRefusal.parameters {
      if let text = parameters.words(name) { words.append(text) }
    }
    return error == nil && words.isEmpty ? nil : ProviderRefusal(error: error, words: words)
  }

  // MARK: Parts

  private static func names(of expected: ExpectedRedirect) -> [String] {
    switch expected.gift {
    case .code(let name): [name]
    case .verifier: ["oauth_verifier", "oauth_token"]
    case .installation: ["installation_id", "code"]
    case .settings: expected.settings
    }
  }

  /// False where there is none, and that can be let pass.
  private func checkState(
    _ parameters: borrowing RedirectParameters, for request: borrowing AuthorizationRequest
  ) throws(CallbackFault) -> Bool {
    if case .verifier = request.expected.gift, parameters.has("oauth_token") {
      let isSame = parameters.values.withBytes(of: "oauth_token") { given in
        request.withToken { given.isSameSecret(as: $0) }
      }
      if !isSame { throw .otherState }
    }
    guard let isSame = Self.isState(request.state, in: parameters) else {
      // A refusal gives nothing away, whoever it belongs to.
      if refusal(parameters) != nil, !hasGift(parameters, request.expected) { return false }
      if isWhole || !request.expected.allowsBareGift { throw .noState }
      return false
    }
    if !isSame { throw .otherState }
    return true
  }

  /// Whether the answer repeats the state; nil where it says none.
  static func isState(
    _ state: borrowing SecretBuffer, in parameters: borrowing RedirectParameters
  ) -> Bool? {
    guard let name = stateNames.first(where: { parameters.values.contains($0) }) else { return nil }
    return parameters.values.withBytes(of: name) { given in
      state.withBytes { given.isSameSecret(as: $0) }
    }
  }

  /// Whether a name that has to stand there once stands there twice.
  static func isAmbiguous(_ parameters: borrowing RedirectParameters) -> Bool {
    let repeated = parameters.repeated
    return stateNames.contains(where: repeated.contains)
  }

  private func hasGift(
    _ parameters: borrowing RedirectParameters, _ expected: ExpectedRedirect
  ) -> Bool {
    switch expected.gift {
    case .code(let name): parameters.has(name)
    case .verifier: parameters.has("oauth_verifier")
    case .installation: parameters.has(GitHubApp.installationSetting)
    case .settings: expected.settings.allSatisfy { parameters.has($0) }
    }
  }

  private func code(
    _ parameters: borrowing RedirectParameters, _ expected: ExpectedRedirect
  ) -> SecretBuffer {
    let name: String? =
      switch expected.gift {
      case .code(let name): name
      case .verifier: "oauth_verifier"
      case .installation: "code"
      case .settings: nil
      }
    return name.flatMap { parameters.values.duplicate(of: $0) } ?? SecretBuffer(capacity: 1)
  }

  /// RFC 9207, section 2.4: letter by letter.
  private func checkIssuer(
    _ parameters: borrowing RedirectParameters, _ expected: ExpectedRedirect
  ) throws(CallbackFault) {
    guard let issuer = expected.issuer else { return }
    guard parameters.has("iss") else {
      if expected.namesIssuer { throw .noIssuer }
      return
    }
    let isSame = parameters.values.withBytes(of: "iss") { $0.equals(issuer.utf8) }
    if !isSame { throw .otherIssuer(issuer) }
  }
}

extension RawSpan {
  /// Whether both hold the same bytes. The time that it takes tells nothing of where they differ.
  fileprivate func isSameSecret(as other: RawSpan) -> Bool {
    guard byteCount == other.byteCount else { return false }
    var difference: UInt8 = 0
    for offset in 0..<byteCount { difference |= self[offset] ^ other[offset] }
    return difference == 0
  }
}

extension SecretBuffer {
  /// What percent codes in a text stand for; everything else stays, a `+` too.
  fileprivate init(percentDecoding text: RawSpan) {
    self.init(capacity: max(1, text.byteCount))
    var offset = 0
    while offset < text.byteCount {
      if let byte = PercentEncoding.code(text, at: offset) {
        append(byte)
        offset += 3
      } else {
        append(text[offset])
        offset += 1
      }
    }
  }
}
