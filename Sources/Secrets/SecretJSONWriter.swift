package import Basics

/// Writes JSON whose strings may be secrets: from buffer to buffer, never through a `String`.
package typealias SecretJSONWriter = JSONWriter<SecretWriter>

extension SecretJSONWriter {
  /// - Parameters:
  ///   - limit: the most bytes that the text may have.
  ///   - escaping: `.display` for a text that is printed.
  package init(limit: Int = JSONLimits.members.bytes, escaping: JSONEscaping = .controls) {
    self.init(to: SecretWriter(limit: limit), escaping: escaping)
  }

  /// The text; nil when it was longer than the limit.
  package consuming func finish() -> SecretBuffer? { end().finish() }
}
