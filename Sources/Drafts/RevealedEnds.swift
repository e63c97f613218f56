internal import Basics
internal import Secrets

/// The beginning and the end of a masked value, shown for some seconds when the user asks: at most four characters
/// each and together never more than a third of the value.
///
/// Held as the secret that they are a part of: with the last page that shows them the two are gone, and wiped. Equal only
/// to itself.
package final class RevealedEnds: Equatable, Sendable {
  /// How many characters stay hidden between the two.
  package let hidden: Int
  private let head: SecretBuffer
  private let tail: SecretBuffer

  init(first: RawSpan, last: RawSpan, hidden: Int) {
    self.hidden = hidden
    head = SecretBuffer(copying: first)
    tail = SecretBuffer(copying: last)
  }

  /// For a device that prints what cannot be taken back: an ordinary text, which stays in memory. `forEachScalar` leaves
  /// none.
  package var first: String { head.withBytes { $0.shownText } }
  /// As `first`.
  package var last: String { tail.withBytes { $0.shownText } }

  /// Whether the value is too short to show a part of it.
  package var isEmpty: Bool { head.isEmpty }

  /// The characters of both ends, one after the other; a stray byte is U+FFFD.
  package func forEachScalar(_ body: (Unicode.Scalar, _ isFirst: Bool) -> Void) {
    head.withBytes { bytes in
      bytes.forEachScalar { decoded, _ in
        body(decoded.scalar ?? "\u{FFFD}", true)
        return true
      }
    }
    tail.withBytes { bytes in
      bytes.forEachScalar { decoded, _ in
        body(decoded.scalar ?? "\u{FFFD}", false)
        return true
      }
    }
  }

  /// Whether both are one reveal. Nothing of the secret is compared.
  package static func == (a: RevealedEnds, b: RevealedEnds) -> Bool { a === b }
}
