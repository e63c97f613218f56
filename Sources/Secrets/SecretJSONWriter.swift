package import Basics

/// Writes JSON whose strings may be secrets: from buffer to buffer, never through a `String`.
package typealias SecretJSONWriter = JSONWriter<SecretWriter>

extension SecretJSONWriter {
  /// - Parameter limit: the most bytes that the text may have.
  package init(limit: Int = JSONLimits.members.bytes) {
    self.init(to: SecretWriter(limit: limit), escaping: .controls)
  }

  /// The text; nil when it was longer than the limit.
  package consuming func finish() -> SecretBuffer? { end().finish() }
}
