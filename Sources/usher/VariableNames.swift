internal import Basics
internal import ProviderFormat

/// The names under which `usher run` hands values to a command.
struct VariableNames {
  /// Field as written on the command line → variable.
  private let renamed: [String: String]

  /// - Parameter renaming: `FIELD=VARIABLE` from the command line.
  init(renaming: [String]) throws(CommandError) {
    var renamed: [String: String] = [:]
    for text in renaming {
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, VariableNames.isName(parts[1]) else {
        throw .usage(
          Explanation(
            what: "--env \(text) is not FIELD=VARIABLE",
            why: "a variable's name has letters, digits and _, and does not begin with a digit",
            advice: "for example --env apiKey=TALLY_TOKEN"))
      }
      renamed[parts[0]] = parts[1]
    }
    self.renamed = renamed
  }

  /// Provider and field in upper case, joined where they overlap: the `apiKey` of `tailscale-api-key` is
  /// `TAILSCALE_API_KEY`, not `TAILSCALE_API_KEY_API_KEY`.
  func variable(for id: Field.ID, of provider: Provider) -> String {
    if let name = renamed[id.description] ?? renamed[id.name] { return name }
    if let name = provider.usher.variables[id] { return name }
    let slug = VariableNames.words(of: provider.slug)
    let field = VariableNames.words(of: id.name)
    let overlap =
      (0...min(slug.count, field.count)).last { slug.suffix($0) == field.prefix($0)[...] } ?? 0
    return (slug + field.dropFirst(overlap)).joined(separator: "_")
  }

  /// `organizationName` → `ORGANIZATION`, `NAME`.
  private static func words(of text: String) -> [String] {
    NameWords.split(text, after: .anythingButCapital, isASCII: true).map { $0.uppercased() }
  }

  private static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, !first.isDigit else { return false }
    return text.utf8.allSatisfy { $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "_") }
  }
}
