/// What an answer means: a row, or several, of the table in <doc:WhatAnAnswerMeans>.
enum AnswerMeaning: Equatable {
  case accepted
  /// A web page where data was asked for.
  case page
  /// Success by its status, and a failure by what it says.
  case failed
  /// The credentials are wrong: mistyped, unknown, expired.
  case refused
  /// They were good once.
  case ended
  /// It finds no credentials in the request.
  case noCredentials
  case lacksRight
  /// A plan, or a payment.
  case plan
  /// This machine's clock, or that of whoever answered.
  case clock
  /// Whoever answered is on the way and not the provider.
  case gateway
  /// The network wants something of whoever uses it first.
  case portal
  case proxy
  /// Requests from here are not taken.
  case place
  /// Another account, organization or site.
  case address
  case rate
  case trouble
  /// A refusal that says neither by whom nor why.
  case bare
  /// The request is not understood.
  case malformed
  /// Nothing is there.
  case absent
  case redirect
  /// A status for a copy that nobody has.
  case notModified
  /// A status that HTTP does not know, or that says nothing here.
  case other

  var kind: Diagnosis.Kind {
    switch self {
    case .accepted: .accepted
    case .refused, .ended, .noCredentials: .refused
    case .lacksRight, .plan: .lacksRight
    case .address: .wrongTenant
    case .rate, .trouble: .busy
    case .portal, .proxy: .unreachable
    case .page, .failed, .clock, .gateway, .place, .bare, .malformed, .absent, .redirect,
      .notModified, .other:
      .unclear
    }
  }

  /// Whether a refusal can be the provider's own: not one that a firewall, a proxy or a gateway says in its place. What an
  /// entry declares of a status is said of the provider.
  var isOfProvider: Bool {
    switch self {
    case .gateway, .portal, .proxy: false
    case .accepted, .page, .failed, .refused, .ended, .noCredentials, .lacksRight, .plan, .clock,
      .place, .address, .rate, .trouble, .bare, .malformed, .absent, .redirect, .notModified,
      .other:
      true
    }
  }

  var cause: Diagnosis.Cause? {
    switch self {
    case .redirect: .redirect
    case .proxy, .portal: .proxy
    case .accepted, .page, .failed, .refused, .ended, .noCredentials, .lacksRight, .plan, .clock,
      .gateway, .place, .address, .rate, .trouble, .bare, .malformed, .absent, .notModified,
      .other:
      nil
    }
  }
}
