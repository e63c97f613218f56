/// A pattern for the paths of pages, as `--only` takes it: `*` for any letters of one part, `**` for any parts, `?` for
/// one letter. It has to fit the end of a path, from the beginning of a part on: `tally/connect` fits
/// `/docs/integrations/tally/connect`. One that begins with `/` has to fit the whole path.
package struct PagePattern: Equatable, Sendable {
  private let parts: [[UInt8]]
  private let isWhole: Bool

  /// The pages that are guides to link an account.
  package static let connectPages = PagePattern("connect")

  /// Any text is a pattern.
  package init(_ text: String) {
    isWhole = text.hasPrefix("/")
    parts = text.split(separator: "/").map { Array($0.utf8) }
  }

  /// Whether a path fits; `.md` at its end and slashes at either end do not count.
  package func matches(_ path: String) -> Bool {
    guard !parts.isEmpty else { return false }
    let bare = path.hasSuffix(".md") ? path.dropLast(3) : path[...]
    let words = bare.split(separator: "/").map { Array($0.utf8) }
    let run = Array("**".utf8)
    return Self.fits(
      isWhole ? parts : [run] + parts, words, isRun: { $0 == run },
      isSame: { part, word in
        Self.fits(
          part, word, isRun: { $0 == UInt8(ascii: "*") },
          isSame: { $0 == $1 || $0 == UInt8(ascii: "?") })
      })
  }

  /// Whether a pattern fits all of a text. Of several runs only the last is gone back to: to let an earlier one take
  /// more never helps, so that the work stays within the product of both lengths.
  private static func fits<Element>(
    _ pattern: [Element], _ text: [Element], isRun: (Element) -> Bool,
    isSame: (Element, Element) -> Bool
  ) -> Bool {
    var (at, index) = (0, 0)
    var retry: (at: Int, index: Int)?
    while index < text.count {
      if at < pattern.count, isRun(pattern[at]) {
        at += 1
        retry = (at, index)
      } else if at < pattern.count, isSame(pattern[at], text[index]) {
        (at, index) = (at + 1, index + 1)
      } else if let last = retry {
        (at, index) = (last.at, last.index + 1)
        retry = (at, index)
      } else {
        return false
      }
    }
    return pattern[at...].allSatisfy(isRun)
  }
}
