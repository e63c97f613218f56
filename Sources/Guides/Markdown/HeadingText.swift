/// What a heading says about the part of the guide that it begins.
enum HeadingText {
  enum Kind: Equatable {
    case overview, prerequisites, instructions
    case step(number: Int, title: String)
    case other
  }

  static func kind(of text: String) -> Kind {
    if let (number, title) = step(text) { return .step(number: number, title: title) }
    let letters = text.lowercased().filter(\.isLetter)
    switch letters {
    case "overview": return .overview
    case "prerequisites", "prerequisite": return .prerequisites
    case "instructions", "instruction": return .instructions
    default: return .other
    }
  }

  /// `Step 2: Title`, also with another mark than a colon or none.
  private static func step(_ text: String) -> (Int, String)? {
    guard text.prefix(4).lowercased() == "step" else { return nil }
    let rest = text.dropFirst(4).drop { $0.isWhitespace || $0 == "#" }
    let digits = rest.prefix { $0.isASCII && $0.isNumber }
    guard let number = Int(digits) else { return nil }
    var title = rest.dropFirst(digits.count)
    guard title.first.map({ !$0.isLetter }) ?? true else { return nil }
    title = title.drop { $0.isWhitespace }
    if let mark = title.first, ":.)-–—".contains(mark) { title = title.dropFirst() }
    return (number, String(title.drop { $0.isWhitespace }))
  }

  /// The fragment that leads to a heading: lower case, punctuation dropped, spaces to hyphens.
  static func slug(_ text: String) -> String {
    var slug = ""
    for scalar in text.lowercased().unicodeScalars {
      let properties = scalar.properties
      if properties.isWhitespace {
        slug += "-"
      } else if properties.isAlphabetic || properties.numericType != nil || scalar == "-"
        || scalar == "_" || properties.generalCategory == .nonspacingMark
      {
        slug.unicodeScalars.append(scalar)
      }
    }
    return slug
  }
}
