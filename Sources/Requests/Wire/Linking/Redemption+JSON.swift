package import Basics
package import Secrets

/// `{"answer":{…},"verifier":"…","state":"…","token":{…}}`
extension Redemption {
  /// One object. Writes the values straight into the writer's locked memory.
  package borrowing func write(to json: inout SecretJSONWriter) {
    json.beginObject()
    json.key("answer")
    answer.write(to: &json)
    json.member("verifier", secret: verifier)
    json.member("state", secret: state)
    switch token {
    case .some(let token):
      json.key("token")
      token.write(to: &json)
    case nil: break
    }
    json.endObject()
  }

  /// Reads what `write` writes; nil when a word is unknown or a member is missing.
  package static func read(
    _ text: RawSpan, _ reader: inout JSONReader
  ) throws(JSONError) -> Redemption? {
    var answer: AuthorizationAnswer?
    var verifier: SecretBuffer?
    var state: SecretBuffer?
    var token: RequestToken?
    var isGood = true
    try reader.object(text) { member, reader throws(JSONError) in
      switch member {
      case "answer": answer = try AuthorizationAnswer.read(text, &reader)
      case "verifier": verifier = try reader.string(text)
      case "state": state = try reader.string(text)
      case "token":
        switch try RequestToken.read(text, &reader) {
        case .some(let read): token = .some(read)
        case nil: isGood = false
        }
      default: throw reader.failure(.unexpected)
      }
    }
    guard isGood, let answer = answer.take(), let verifier = verifier.take(),
      let state = state.take()
    else { return nil }
    return Redemption(answer: answer, verifier: verifier, state: state, token: token)
  }
}

/// `{"code":"…","settings":{"realmId":"…"},"state_checked":true,"repaired":false}`
extension AuthorizationAnswer {
  fileprivate borrowing func write(to json: inout SecretJSONWriter) {
    json.beginObject()
    json.member("code", secret: code)
    json.member("settings", secrets: settings)
    json.member("state_checked", isStateChecked)
    json.member("repaired", isRepaired)
    json.endObject()
  }

  fileprivate static func read(
    _ text: RawSpan, _ reader: inout JSONReader
  ) throws(JSONError) -> AuthorizationAnswer? {
    var code: SecretBuffer?
    var settings: SecretMap<String>?
    var (isStateChecked, isRepaired): (Bool?, Bool?) = (nil, nil)
    try reader.object(text) { member, reader throws(JSONError) in
      switch member {
      case "code": code = try reader.string(text)
      case "settings": settings = try reader.secrets(text)
      case "state_checked": isStateChecked = try reader.truth(text)
      case "repaired": isRepaired = try reader.truth(text)
      default: throw reader.failure(.unexpected)
      }
    }
    guard let isStateChecked, let isRepaired, let code = code.take(),
      let settings = settings.take()
    else { return nil }
    return AuthorizationAnswer(
      code: code, settings: settings, isStateChecked: isStateChecked, isRepaired: isRepaired)
  }
}

/// `{"token":"…","secret":"…","state":"…"}`
extension RequestToken {
  /// One object. Writes the values straight into the writer's locked memory.
  borrowing func write(to json: inout SecretJSONWriter) {
    json.beginObject()
    json.member("token", secret: token)
    json.member("secret", secret: secret)
    json.member("state", secret: state)
    json.endObject()
  }

  /// Reads what `write` writes; nil when a word is unknown or a member is missing.
  static func read(_ text: RawSpan, _ reader: inout JSONReader) throws(JSONError) -> RequestToken? {
    let values = try reader.secrets(text)
    guard values.keys.sorted() == ["secret", "state", "token"],
      let token = values.duplicate(of: "token"), let secret = values.duplicate(of: "secret"),
      let state = values.duplicate(of: "state")
    else { return nil }
    return RequestToken(token: token, secret: secret, state: state)
  }
}
