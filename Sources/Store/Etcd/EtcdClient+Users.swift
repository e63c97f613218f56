internal import Basics
internal import Connections
internal import Requests
internal import Secrets
internal import Synchronization

/// Who asks.
extension EtcdClient {
  /// How often a password may be given.
  private static let tries = 3

  struct Unanswered: Error { let attempt: Attempt }

  /// The token to ask with, got where there is none yet; nil where nobody has to say who he is.
  func currentToken() throws(StoreFailure) -> Result<String?, Unanswered> {
    guard let user = address.user else { return .success(nil) }
    if let token = state.withLock({ $0.token }) { return .success(token.isEmpty ? nil : token) }
    for attempt in 1...Self.tries {
      guard let password = try password(of: user, attempt) else { break }
      let answer: GatewayAnswer
      do throws(GatewayFailure) {
        answer = try authenticate(user, password)
      } catch {
        return .failure(
          Unanswered(
            attempt: error.isUnsent ? .unsent(error.reason) : .lost(error.reason)))
      }
      if answer.status == 200, let token = try read(answer)["token"]?.text {
        state.withLock { state in
          state.token = token
          state.password = .some(password.duplicate())
        }
        return .success(token)
      }
      let refusal = EtcdRefusal(answer)
      if refusal.isWithoutUsers {
        state.withLock { $0.token = "" }
        return .success(nil)
      }
      if refusal.isPassing { return .failure(Unanswered(attempt: .passing(refusal))) }
      guard refusal.isWrongPassword, attempt < Self.tries else { throw refusal.failure(address) }
    }
    throw .engine(
      reason: "the servers do not take the name \(user) with any password that was given",
      advice: "type it again, or ask who looks after the servers", isFull: false)
  }

  private func password(of user: String, _ attempt: Int) throws(StoreFailure) -> SecretBuffer? {
    if attempt == 1 {
      let known = state.withLock { state -> SecretBuffer? in
        switch state.password {
        case .some(let password): .some(password.duplicate())
        case nil: nil
        }
      }
      if let known { return known }
    }
    guard let passwords else {
      throw .engine(
        reason: "the servers want the password of \(user), and nobody is here to be asked",
        advice: "give it on a terminal, or with --store-password-fd N", isFull: false)
    }
    do {
      return try passwords.password(of: user, at: address.text, attempt: attempt)
    } catch {
      throw .explained(error)
    }
  }

  private func authenticate(
    _ user: String, _ password: borrowing SecretBuffer
  ) throws(GatewayFailure) -> GatewayAnswer {
    var json = SecretJSONWriter(limit: 16 * 1024)
    json.beginObject()
    json.key("name")
    json.string(user)
    json.key("password")
    password.withBytes { json.string($0) }
    json.endObject()
    guard let body = json.finish() else {
      throw GatewayFailure(reason: "the password is longer than any", isUnsent: true)
    }
    return try body.withBytes { bytes throws(GatewayFailure) in
      try gateway.post(bytes, to: "/v3/auth/authenticate", at: member, token: nil)
    }
  }
}
