/// Ranks providers by how well they fit what somebody typed.
struct CatalogueSearch {
  /// How a provider was found, the best first.
  private enum Rank: Int, Comparable {
    case exact, prefix, wordPrefix, substring, category, typingMistake

    static func < (a: Rank, b: Rank) -> Bool { a.rawValue < b.rawValue }
  }

  /// Shorter words are not searched with a mistake: nearly everything would fit.
  private static let shortestMistake = 4

  private let query: String
  private let words: [String]

  init(_ query: String) {
    let words = query.lowercased().split { $0.isWhitespace || $0 == "-" || $0 == "_" }
    self.words = words.map(String.init)
    self.query = words.joined(separator: " ")
  }

  func results(in entries: [CatalogueEntry]) -> [CatalogueEntry] {
    guard !query.isEmpty else { return entries }
    let ranked = entries.enumerated().compactMap { index, entry in
      rank(of: entry).map { (entry: entry, rank: $0, index: index) }
    }
    return ranked.sorted {
      ($0.rank, $0.entry.displayName.count, $0.index)
        < ($1.rank, $1.entry.displayName.count, $1.index)
    }.map(\.entry)
  }

  /// The rank of the whole text, else of the word that fits worst; nil when one does not fit at all.
  private func rank(of entry: CatalogueEntry) -> Rank? {
    let names = [Self.spaced(entry.slug), Self.spaced(entry.displayName)]
    if let whole = Self.rank(of: query, in: names, entry.categories), whole <= .category {
      return whole
    }
    let ranks = words.map { Self.rank(of: $0, in: names, entry.categories) }
    guard !ranks.contains(nil) else { return nil }
    // Single words never make an exact hit.
    return ranks.compactMap { $0 }.max().map { words.count > 1 ? max($0, .wordPrefix) : $0 }
  }

  private static func rank(
    of query: String, in names: [String], _ categories: [String]
  ) -> Rank? {
    if names.contains(query) { return .exact }
    if names.contains(where: { $0.hasPrefix(query) }) { return .prefix }
    if names.contains(where: { $0.contains(" " + query) }) { return .wordPrefix }
    if names.contains(where: { $0.contains(query) }) { return .substring }
    if categories.contains(where: { spaced($0).hasPrefix(query) }) { return .category }
    guard query.count >= shortestMistake else { return nil }
    let words = names.flatMap { $0.split(separator: " ").map(String.init) } + names
    return words.contains { isOneMistakeAway($0, query) } ? .typingMistake : nil
  }

  /// Whether `word`, or its beginning while somebody is still typing, differs by one mistake.
  private static func isOneMistakeAway(_ word: String, _ query: String) -> Bool {
    (query.count - 1...query.count + 1).contains { length in
      let start = String(word.prefix(length))
      return start.count == length && TypingDistance.between(start, query, atMost: 1) != nil
    }
  }

  /// Lower case, with every other mark than a letter or digit as one space.
  private static func spaced(_ text: String) -> String {
    text.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: " ")
  }

  static func suggestions(for slug: String, in entries: [CatalogueEntry]) -> [String] {
    let wanted = spaced(slug)
    guard !wanted.isEmpty else { return [] }
    let near = entries.compactMap { entry -> (slug: String, distance: Int)? in
      let distances = [spaced(entry.slug), spaced(entry.displayName)].compactMap {
        TypingDistance.between($0, wanted, atMost: max(1, min(3, wanted.count / 3)))
      }
      return distances.min().map { (entry.slug, $0) }
    }
    let bySpelling = near.sorted { ($0.distance, $0.slug) < ($1.distance, $1.slug) }.map(\.slug)
    let bySearch = CatalogueSearch(slug).results(in: entries).map(\.slug)
    var seen: Set<String> = []
    return Array((bySpelling + bySearch).filter { seen.insert($0).inserted }.prefix(3))
  }
}

/// How many typing mistakes lie between two words: a wrong, missing or additional letter, or two letters swapped.
enum TypingDistance {
  /// Nil when there are more than `limit`.
  static func between(_ a: String, _ b: String, atMost limit: Int) -> Int? {
    let (a, b) = (Array(a), Array(b))
    guard abs(a.count - b.count) <= limit else { return nil }
    var twoBack: [Int] = []
    var previous = Array(0...b.count)
    for i in 1...max(a.count, 1) where i <= a.count {
      var current = [i] + Array(repeating: 0, count: b.count)
      for j in 1...max(b.count, 1) where j <= b.count {
        let change = a[i - 1] == b[j - 1] ? 0 : 1
        current[j] = min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + change)
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
          current[j] = min(current[j], twoBack[j - 2] + 1)
        }
      }
      twoBack = previous
      previous = current
    }
    return previous[b.count] <= limit ? previous[b.count] : nil
  }
}
