internal import Basics

/// The name of a service of systemd.
struct ServiceUnitName {
  /// With its ending: `app.service`.
  let text: String

  /// The same, or a pattern of all its instances where it is only a template of them.
  var instances: String { text.replacing("@.", with: "@*.") }

  private static let ending = ".service"
  private static let otherEndings = [
    ".socket", ".target", ".timer", ".mount", ".automount", ".swap", ".path", ".slice", ".scope",
    ".device",
  ]

  /// - Parameter word: with or without its ending; `app@.service` for all instances, `app@one.service` for one of them.
  init(_ word: String) throws(CommandError) {
    if let ending = Self.otherEndings.first(where: word.hasSuffix) {
      throw .usage(
        Explanation(
          what: "\(word) is no service", why: "a unit \(ending) reads no credentials",
          advice: "name the service that uses the value"))
    }
    let text = word.hasSuffix(Self.ending) ? word : word + Self.ending
    let front = text.dropLast(Self.ending.count)
    let isValid =
      text.utf8.count <= 255 && !front.isEmpty && front.first != "@" && front.first != "."
      && front.utf8.allSatisfy {
        $0.isLetter || $0.isDigit || ":_.\\@-".utf8.contains($0)
      }
    guard isValid else {
      throw .usage(
        Explanation(
          what: "\(word) is no name of a service",
          why: "letters, digits, : - _ . \\ and @ are allowed, 255 of them at most",
          advice: "systemctl list-units --type=service shows them"))
    }
    self.text = text
  }
}
