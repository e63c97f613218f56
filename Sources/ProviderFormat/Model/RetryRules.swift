internal import Basics

/// When a request that failed may be sent once more, as an entry says it (`proxy.retry`). Names of headers are in small
/// letters.
package struct RetryRules: Sendable, Equatable {
  /// How what stands in an answer is to be read.
  package enum Strategy: Sendable, Equatable {
    /// A moment.
    case at
    /// A number of seconds.
    case after
  }

  /// A time that stands in the words of a refusal (`in_body`).
  package struct InBody: Sendable, Equatable {
    /// Where the words stand.
    package let path: String
    /// An expression whose first group is the time.
    package let pattern: String
    /// What the time is.
    package let strategy: Strategy
  }

  /// The headers that name the moment from which requests are taken again.
  package let at: [String]
  /// The headers that name for how many seconds none are.
  package let after: [String]
  /// The header that counts how many requests are left: at 0 any refusal is for that.
  package let remaining: String?
  /// The statuses that are worth another try, in place of those that usually are; nil where the entry names none.
  package let statuses: StatusSet?
  /// Where the time stands in the words of an answer.
  package let inBody: InBody?

  /// Nil when nothing is said.
  init?(_ value: Value?) {
    guard let map = value?.map else { return nil }
    at = (map["at"]?.texts ?? []).map { $0.lowercased() }
    after = (map["after"]?.texts ?? []).map { $0.lowercased() }
    remaining = map["remaining"]?.text?.lowercased()
    statuses = map["error_code"].flatMap { StatusSet($0) }
    inBody = map["in_body"].flatMap(InBody.init)
  }
}

extension RetryRules.InBody {
  fileprivate init?(_ value: Value) {
    guard let path = value["path"]?.text, let written = value["value"]?.text else { return nil }
    self.path = path
    pattern = Self.withoutSlashes(written)
    strategy = value["strategy"]?.text == "after" ? .after : .at
  }

  /// Entries write the expression between slashes, as ECMAScript does in a program, where they are no part of it.
  private static func withoutSlashes(_ written: String) -> String {
    guard written.utf8.count > 1, written.hasPrefix("/"), written.hasSuffix("/") else {
      return written
    }
    return String(written.dropFirst().dropLast())
  }
}
