/// What somebody probably meant who wrote a word that is not known.
package enum SpellingSuggestion {
  /// The nearest of the known words, with at most two typing mistakes between them; of equally near ones the first by
  /// the alphabet. Capitals make no difference.
  package static func of(_ word: String, in known: some Collection<String>) -> String? {
    let word = word.lowercased()
    return known.compactMap { candidate in
      EditDistance.between(candidate.lowercased(), word, atMost: 2).map { ($0, candidate) }
    }.min { $0 < $1 }?.1
  }
}
