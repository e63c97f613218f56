internal import Basics

/// When a connection comes to its end, unless somebody does something.
struct ConnectionEnd {
  /// Nil where no end is known, or it is put off without anybody.
  let moment: Timestamp?
  /// In seconds: how near it has to be to be told.
  private let window: Int64
  /// Whether asking the provider puts it off.
  let isPutOffByUse: Bool

  /// - Parameter soon: in seconds, how near an end is told.
  init(_ summary: ConnectionSummary, _ token: TokenFacts?, soon: Int64) {
    let credentials = summary.end
    switch token?.means {
    case nil, .credentials: (moment, window, isPutOffByUse) = (credentials, soon, false)
    // What a check says then is the end of the token that it was made with.
    case .consent: (moment, window, isPutOffByUse) = (nil, soon, false)
    // Before that its next use would not renew it, and there is nothing to do.
    case .itself(let buffer):
      (moment, window, isPutOffByUse) = (token?.expires, min(soon, buffer), true)
    case .person:
      (moment, window, isPutOffByUse) = (token?.expires ?? credentials, soon, false)
    }
  }

  func isNear(at now: Timestamp) -> Bool {
    guard let moment else { return false }
    guard let left = moment.roundedSeconds(after: now) else { return false }
    return left <= window
  }
}

extension TokenFacts {
  /// Whether a person has agreed, and is not needed again for the time being.
  var isRenewedConsent: Bool {
    switch means {
    case .consent, .itself: true
    case .credentials, .person: false
    }
  }
}
