internal import Basics
internal import Drafts
internal import Requests
internal import Secrets

/// A question that is open: the address that a person opens, and what proves an answer. Wiped when it is left.
struct Consent: ~Copyable {
  /// What a text came to that was taken for the answer.
  enum Reading: Equatable {
    /// - Parameter isRepaired: whether it had been broken on its way.
    case good(isRepaired: Bool)
    /// A code without the address around it: nothing shows that it belongs to the question.
    case unproved
    case fault(CallbackFault)
  }

  /// With what was asked of the provider first.
  let flow: AuthorizationFlow
  /// Whether the client registered itself, for this question or for an earlier link.
  let hasRegistered: Bool
  private var request: AuthorizationRequest
  /// The temporary token of OAuth 1.0a, until it is used.
  private var token: RequestToken?
  /// What came back, until it is redeemed.
  private var answer: AuthorizationAnswer?
  /// What it was asked with.
  private let asked: AuthorizationFlow

  /// - Parameters:
  ///   - flow: what is linked, and with what.
  ///   - moment: when the question is asked.
  init(
    _ flow: borrowing AuthorizationFlow, on ground: consuming LinkGround, at moment: Timestamp
  ) throws(RequestError) {
    let standing = flow.standing(on: ground)
    let hasRegistered =
      switch ground.client {
      case .some(let client): client.source != .byHand
      case nil: false
      }
    let token = ground.token.take()
    let replay = ReplayContext(now: moment)
    let request: AuthorizationRequest
    switch token {
    case .some(let token): request = try standing.request(with: token, at: replay)
    case nil: request = try standing.request(at: replay)
    }
    self.flow = standing
    self.hasRegistered = hasRegistered
    self.request = request
    self.token = token
    answer = nil
    asked = flow.duplicate()
  }

  /// Whether nothing has changed that the question depends on.
  borrowing func isAsked(with flow: borrowing AuthorizationFlow) -> Bool {
    asked.scopes == flow.scopes && asked.userScopes == flow.userScopes
      && asked.callback == flow.callback
      && asked.submission.values.hasSameValues(as: flow.submission.values)
  }

  /// For the person who opens it, and for nobody else.
  var address: String { request.address.withBytes { $0.shownText } }

  /// Whether a secret of the account stands in the address. It is asked by a request of our own then.
  var holdsSecret: Bool { request.holdsSecret }

  var callback: Callback { request.callback }

  borrowing func matcher() -> RedirectMatcher { request.matcher() }

  /// Reads what was pasted, or heard. What is good is kept until it is redeemed.
  mutating func read(_ text: borrowing SecretBuffer, at moment: Timestamp) -> Reading {
    do throws(CallbackFault) {
      let answer = try text.withBytes { bytes throws(CallbackFault) in
        try request.answer(from: bytes, at: moment)
      }
      let (isProved, isRepaired) = (answer.isStateChecked, answer.isRepaired)
      self.answer = consume answer
      return isProved ? .good(isRepaired: isRepaired) : .unproved
    } catch {
      return .fault(error)
    }
  }

  /// What redeems the answer. Good once; nil where there is none.
  mutating func redemption() -> LinkJob? {
    guard let answer = answer.take() else { return nil }
    return .redeem(request.redemption(of: answer, token: token.take()), flow.duplicate())
  }
}
