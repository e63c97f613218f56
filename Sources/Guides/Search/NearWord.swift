/// What somebody probably meant who wrote a word that is not known.
package enum NearWord {
  /// The nearest of the known words, with at most two typing mistakes between them; of equally near ones the first by
  /// the alphabet. Capitals make no difference.
  package static func of(_ word: String, in known: some Collection<String>) -> String? {
    let word = word.lowercased()
    return known.compactMap { candidate in
      TypingDistance.between(candidate.lowercased(), word, atMost: 2).map { ($0, candidate) }
    }.min { $0 < $1 }?.1
  }
}

extension Field.ID {
  /// The field that was probably meant by a name that none has, with or without its section in front: one of the same
  /// name in another section, else one whose name differs by typing mistakes.
  package static func meant(by text: String, among known: [Field.ID]) -> Field.ID? {
    let name = text.split(separator: ".").last.map(String.init) ?? text
    if let same = known.first(where: { $0.name == name }) { return same }
    let near = NearWord.of(name, in: known.map(\.name))
    return known.first { $0.name == near }
  }
}
