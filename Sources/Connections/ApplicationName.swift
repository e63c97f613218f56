/// The name under which a store keeps an application: `github`, `work-app`. Unique in a store, and no connection's.
package struct ApplicationName: Hashable, Sendable, Comparable, CustomStringConvertible {
  package let description: String

  /// Nil for what is no part of a connection's name either.
  package init?(_ text: String) {
    guard ConnectionName(provider: text) != nil else { return nil }
    description = text
  }

  /// By their bytes.
  package static func < (a: ApplicationName, b: ApplicationName) -> Bool {
    a.description < b.description
  }
}
