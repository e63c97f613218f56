internal import Basics

/// What a heading says about the part of the guide that it begins.
package enum HeadingText {
  /// The parts of a guide, and what begins none.
  package enum Kind: Equatable {
    case overview, prerequisites, instructions
    case step(number: Int, title: String)
    case other
  }

  /// The part of a guide that a heading begins.
  package static func kind(of text: String) -> Kind {
    if let (number, title) = step(text) { return .step(number: number, title: title) }
    let letters = text.lowercased().filter(\.isLetter)
    switch letters {
    case "overview": return .overview
    case "prerequisites", "prerequisite": return .prerequisites
    case "instructions", "instruction": return .instructions
    default: return .other
    }
  }

  /// Whether a heading begins what is said beside the steps: notes, help, further reading. Nothing is done in it.
  static func isAside(_ text: String) -> Bool {
    asides.contains(text.lowercased().filter(\.isLetter))
  }

  private static let asides: Set = [
    "additionalinformation", "additionalnote", "additionalnotes", "additionalresources", "faq",
    "faqs", "frequentlyaskedquestions", "furtherinformation", "furtherreading", "gettinghelp",
    "help", "hints", "importantnote", "importantnotes", "knownissues", "knownlimitations",
    "learnmore", "limitations", "links", "moreinformation", "needhelp", "nextsteps", "note",
    "notes", "references", "remarks", "resources", "securitynotes", "seealso", "support", "tips",
    "troubleshooting", "usefullinks", "whatsnext",
  ]

  /// `Step 2: Title`, also with another mark than a colon or none, and `Step two`.
  private static func step(_ text: String) -> (Int, String)? {
    let text = withoutDecoration(text)
    guard text.prefix(4).lowercased() == "step" else { return nil }
    let rest = text.dropFirst(4)
    let numeral = rest.drop { $0.isWhitespace || $0 == "#" }
    guard
      let (number, behind) = digits(numeral) ?? word(numeral, isApart: numeral.count < rest.count)
    else { return nil }
    var title = behind.drop { $0.isWhitespace }
    if let mark = title.first, ":.)-–—".contains(mark) { title = title.dropFirst() }
    return (number, String(title.drop { $0.isWhitespace }))
  }

  /// Without the signs and the words in brackets that may stand in front: `✅ Step 1`, `(Optional) Step 2`.
  private static func withoutDecoration(_ text: String) -> Substring {
    var rest = text.drop { !$0.isLetter && !$0.isNumber && $0 != "(" }
    if rest.first == "(", let end = rest.firstIndex(of: ")") {
      rest = rest[end...].drop { !$0.isLetter && !$0.isNumber }
    }
    return rest
  }

  private static func digits(_ text: Substring) -> (number: Int, behind: Substring)? {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard let number = Int(digits) else { return nil }
    let behind = text.dropFirst(digits.count)
    return behind.first?.isLetter == true ? nil : (number, behind)
  }

  private static func word(
    _ text: Substring, isApart: Bool
  ) -> (number: Int, behind: Substring)? {
    let word = text.prefix(while: \.isLetter)
    guard isApart, let index = numerals.firstIndex(of: word.lowercased()) else { return nil }
    return (index + 1, text.dropFirst(word.count))
  }

  private static let numerals = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
  ]

  /// The fragment that leads to a heading: lower case, punctuation dropped, spaces to hyphens.
  package static func slug(_ text: String) -> String {
    var slug = ""
    for scalar in text.lowercased().unicodeScalars {
      if scalar.isBlank {
        slug += "-"
      } else if scalar.isLetter || scalar.properties.numericType != nil || scalar == "-"
        || scalar == "_" || isAccent(scalar)
      {
        slug.unicodeScalars.append(scalar)
      }
    }
    return slug
  }

  /// A mark over or under the letter before it. The selectors that make a sign an emoji are marks too, but go with
  /// the sign.
  private static func isAccent(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.generalCategory == .nonspacingMark && !scalar.properties.isVariationSelector
  }
}
