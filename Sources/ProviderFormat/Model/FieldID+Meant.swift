internal import Basics

extension Field.ID {
  /// Those that a word names: the one of that whole name, `credentials.apiKey`, else all that are called so in any
  /// section.
  package static func named(_ text: String, among known: [Field.ID]) -> [Field.ID] {
    if let id = Field.ID(text), known.contains(id) { return [id] }
    return known.filter { $0.name == text }
  }

  /// The field that was probably meant by a name that none has, with or without its section in front: one of the same
  /// name in another section, else one whose name differs by typing mistakes.
  package static func meant(by text: String, among known: [Field.ID]) -> Field.ID? {
    let name = text.split(separator: ".").last.map(String.init) ?? text
    if let same = known.first(where: { $0.name == name }) { return same }
    let near = SpellingSuggestion.of(name, in: known.map(\.name))
    return known.first { $0.name == near }
  }
}
