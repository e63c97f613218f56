internal import ProviderFormat

/// The header `Link` (RFC 8288): addresses, and what each is to the answer.
enum LinkHeader {
  /// The first address of a relation, such as `next`.
  static func address(of relation: String, in header: String) -> String? {
    var rest = header[...]
    while let start = rest.firstIndex(of: "<"), let end = rest[start...].firstIndex(of: ">") {
      let address = rest[start..<end].dropFirst()
      let read = parameters(rest[end...].dropFirst())
      rest = read.rest
      if read.parameters.contains(where: { $0.isRelation(relation) }) { return String(address) }
    }
    return nil
  }

  /// What stands up to the next comma, divided at semicolons, and what stands behind it. Marks within quotes divide
  /// nothing, and the quotes are left out.
  private static func parameters(
    _ text: Substring
  ) -> (parameters: [String], rest: Substring) {
    var parameters = [""]
    var isQuoted = false
    var rest = text
    while let character = rest.popFirst() {
      switch character {
      case "\"": isQuoted.toggle()
      case "," where !isQuoted: return (parameters, rest)
      case ";" where !isQuoted: parameters.append("")
      default: parameters[parameters.count - 1].append(character)
      }
    }
    return (parameters, rest)
  }
}

extension String {
  /// Whether it is `rel=` with this word among its words.
  fileprivate func isRelation(_ relation: String) -> Bool {
    let sides = split(separator: "=", maxSplits: 1)
    guard sides.count == 2, String(sides[0]).trimmed.lowercased() == "rel" else { return false }
    return sides[1].lowercased().split(separator: " ").contains { $0 == relation.lowercased() }
  }
}
