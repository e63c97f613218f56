package import Secrets

/// What a caller sends along.
package struct CallBody: ~Copyable, Sendable {
  /// Where its bytes are.
  package enum Source: ~Copyable, Sendable {
    case nowhere
    case content(SecretBuffer)
    /// Whoever sends the request reads them from elsewhere.
    case stream(length: Int64?, isRepeatable: Bool)
  }

  /// Where its bytes are.
  package let source: Source
  /// The content type; nil for JSON. The caller's own header of that name wins.
  package let type: String?

  private init(_ source: consuming Source, type: String?) {
    self.source = source
    self.type = type
  }

  /// No body, which is not the same as an empty one.
  package static var none: CallBody { CallBody(.nowhere, type: nil) }

  /// All of it, at most `contentLimit` bytes.
  /// - Parameter type: the content type; nil for JSON.
  package static func content(_ content: consuming SecretBuffer, type: String?) -> CallBody {
    CallBody(.content(content), type: type)
  }

  /// What whoever sends the request reads from elsewhere. Nothing of it is held here, so it may have any length.
  /// - Parameters:
  ///   - length: in bytes; nil where that is not known.
  ///   - type: the content type; nil for JSON.
  ///   - isRepeatable: whether it can be read once more from its beginning, as a file can and a pipe cannot. Without that
  ///     nothing is sent a second time, whatever the answer is.
  package static func stream(length: Int64?, type: String?, isRepeatable: Bool) -> CallBody {
    CallBody(.stream(length: length, isRepeatable: isRepeatable), type: type)
  }

  /// In bytes: the most that `content` takes. In Base64, and beside everything else that stands there, it still fits the
  /// message to the process that sends it (16 MiB).
  package static let contentLimit = 8 * 1024 * 1024

  /// Whether there is none.
  package var isNone: Bool {
    switch source {
    case .nowhere: true
    case .content: false
    case .stream: false
    }
  }
}
