package import Basics
package import Connections
package import Requests

/// Something to know about a token that is handed out all the same.
package enum TokenNotice: Equatable, Sendable {
  /// It could not be kept: the next command asks the provider again.
  case notKept(ConnectionName, StoreError)
  /// It could not be kept, nor what renews it: once it ends a person may have to agree again.
  case lost(ConnectionName, StoreError)
  /// It is the one that was kept, near its end: a new one could not be had.
  /// - Parameter expires: when it ends.
  case kept(ConnectionName, expires: Timestamp?, Diagnosis)
  /// It is new, and ends before what was asked for. In seconds.
  case shortLived(ConnectionName, lifetime: Int64)

  /// Who is told, on the thread that asked for the token.
  package typealias Receiver = (TokenNotice) -> Void

  /// For a person; lower case, no period.
  package var text: String {
    switch self {
    case .notKept(let name, let error):
      return "the token of \(name) is not kept, and the next one is asked for again: "
        + Self.reason(error)
    case .lost(let name, let error):
      return
        "the new token of \(name) is not kept, nor what renews it, and the account may have to "
        + "be linked again (\(TokenError.command(toLink: name))): \(Self.reason(error))"
    case .kept(let name, let expires, let diagnosis):
      let end = expires.map { ", which ends at \($0)" } ?? ""
      return "no new token for \(name), so it is the one from before\(end): "
        + diagnosis.reason
    case .shortLived(let name, let lifetime):
      return
        "a new token of \(name) lives \(TokenError.duration(lifetime)), less than was asked for"
    }
  }

  private static func reason(_ error: StoreError) -> String {
    let explanation = error.explanation
    return [explanation.what, explanation.why].compactMap(\.self).joined(separator: ": ")
  }
}
