internal import Basics
internal import Credentials
internal import Guides

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
    var words = [""]
    var wasLower = false
    for scalar in text.unicodeScalars {
      let isWord =
        scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
      let isUpper = ("A"..."Z").contains(scalar)
      if !isWord || (isUpper && wasLower), words.last != "" { words.append("") }
      if isWord { words[words.count - 1].append(String(scalar).uppercased()) }
      wasLower = isWord && !isUpper
    }
    return words.filter { !$0.isEmpty }
  }

  private static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, !(48...57).contains(first) else { return false }
    return text.utf8.allSatisfy { byte in
      byte == 95 || (48...57).contains(byte) || (65...90).contains(byte)
        || (97...122).contains(byte)
    }
  }
}
