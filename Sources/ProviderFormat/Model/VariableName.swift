internal import Basics

/// The names under which `usher run` hands values to a command.
///
/// Provider and field in upper case, their words joined by `_`, and once where they overlap: the `apiKey` of
/// `tailscale-api-key` is `TAILSCALE_API_KEY`. A name that would begin with a digit, which no shell can read, gets a `_`
/// in front: the `apiKey` of `3cx` is `_3CX_API_KEY`.
package enum VariableName {
  /// Whether a shell can read a variable of this name: ASCII letters, digits and `_`, not beginning with a digit.
  package static func isValid(_ text: String) -> Bool {
    guard let first = text.utf8.first, !first.isDigit else { return false }
    return text.utf8.allSatisfy { $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "_") }
  }

  /// A name made of the parts' words. Where the end of one part is the beginning of the next it stands there once.
  package static func joining(_ parts: [String]) -> String {
    var words: [String] = []
    for part in parts {
      let next = NameWords.split(part, after: .anythingButCapital, isASCII: true)
        .map { $0.uppercased() }
      var overlap = min(words.count, next.count)
      while words.suffix(overlap) != next.prefix(overlap) { overlap -= 1 }
      words += next.dropFirst(overlap)
    }
    let name = words.joined(separator: "_")
    return isValid(name) ? name : "_" + name
  }
}

extension Provider {
  /// The variable in which `usher run` hands over a field where nothing else is said: what the entry declares for it,
  /// if a shell can read that, else `VariableName`'s rule.
  package func variableName(for field: Field.ID) -> String {
    if let name = usher.variables[field], VariableName.isValid(name) { return name }
    return VariableName.joining([slug, field.name])
  }
}
