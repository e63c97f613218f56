internal import Basics

extension Field.ID {
  /// The field that was probably meant by a name that none has, with or without its section in front: one of the same
  /// name in another section, else one whose name differs by typing mistakes.
  package static func meant(by text: String, among known: [Field.ID]) -> Field.ID? {
    let name = text.split(separator: ".").last.map(String.init) ?? text
    if let same = known.first(where: { $0.name == name }) { return same }
    let near = SpellingSuggestion.of(name, in: known.map(\.name))
    return known.first { $0.name == near }
  }
}
