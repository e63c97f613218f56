internal import Basics
internal import ProviderFormat

/// Searches listed providers. Works on the bytes of their indices; no provider is decoded.
struct CatalogueSearch {
  private let query: SearchQuery
  private let listed: MergedProviders

  /// Places for the length of a name; longer ones count as this long.
  private static let lengths = 256

  init(_ query: SearchQuery, in listed: MergedProviders) {
    self.query = query
    self.listed = listed
  }

  /// Positions in the list, the best first. Of those that somebody may be on the way to, what can be linked here comes
  /// before what cannot. Where providers fit equally well, popular ones come first, then shorter names, then
  /// the alphabet decides.
  ///
  /// Mistakes are looked for only when no name, and no word of one, begins with what was typed.
  func positions() -> [UInt32] {
    var keys = [UInt16](repeating: .max, count: listed.count)
    var best: SearchRank?
    for source in listed.sources.indices {
      if let rank = rank(source, into: &keys) { best = min(best ?? rank, rank) }
    }
    if best?.isOnTheWay != true, query.canHaveMistakes {
      for source in listed.sources.indices { rankMistakes(source, into: &keys) }
    }
    return CatalogueSearch.sorted(keys)
  }

  /// Counting sort: there are few keys, and positions of the same key keep their order.
  private static func sorted(_ keys: [UInt16]) -> [UInt32] {
    var largest = 0
    for key in keys where key != .max { largest = max(largest, Int(key)) }
    var starts = [Int](repeating: 0, count: largest + 2)
    for key in keys where key != .max { starts[Int(key) + 1] += 1 }
    for key in 1..<starts.count { starts[key] += starts[key - 1] }
    var sorted = [UInt32](repeating: 0, count: starts[starts.count - 1])
    for (position, key) in keys.enumerated() where key != .max {
      sorted[starts[Int(key)]] = UInt32(position)
      starts[Int(key)] += 1
    }
    return sorted
  }

  private func key(
    _ rank: SearchRank, _ number: Int, in index: SourceIndex, _ text: RawSpan, canBeLinked: Bool
  ) -> UInt16 {
    var length = 0
    while length < text.byteCount, text[length] != SearchText.separator { length += 1 }
    let popularity = index.isPopular(number) ? 0 : CatalogueSearch.lengths
    return UInt16(
      place(of: rank, canBeLinked: canBeLinked) * 2 * CatalogueSearch.lengths
        + popularity + min(length, CatalogueSearch.lengths - 1))
  }

  /// What cannot be linked here stands behind all that can and that is as likely to be meant: behind every name that
  /// begins so, or, among weaker hints, behind those of the same rank.
  private func place(of rank: SearchRank, canBeLinked: Bool) -> Int {
    let number = Int(rank.rawValue)
    let named = Int(SearchRank.initials.rawValue) + 1
    if rank.isOnTheWay { return canBeLinked ? number : named + number }
    return 2 * named + 2 * (number - named) + (canBeLinked ? 0 : 1)
  }

  /// All of them, what can be linked here first, each part in the order of the list.
  static func all(of listed: MergedProviders) -> [UInt32] {
    var keys = [UInt16](repeating: .max, count: listed.count)
    for (source, positions) in zip(listed.sources, listed.positions) {
      for number in 0..<source.index.count where positions[number] != .max {
        keys[Int(positions[number])] = source.index.canBeLinked(number) ? 0 : 1
      }
    }
    return sorted(keys)
  }

  /// Ranks what fits as it was typed. Returns the best rank.
  private func rank(_ source: Int, into keys: inout [UInt16]) -> SearchRank? {
    let index = listed.sources[source].index
    let positions = listed.positions[source]
    let categories = CategoryFit(query.words, in: index) { query, name in
      query.rank(of: name) { _ in false }.flatMap { $0 <= .words ? .category : nil }
    }
    let span = unsafe index.bytes.span.bytes
    var best: SearchRank?
    for number in 0..<index.count where positions[number] != .max {
      let text = span.extracting(index.searchText(number))
      let host = query.host?.rank(of: index.hosts(number))
      let name = rank(of: text, number, in: index, categories)
      guard let rank = [host, name].compactMap(\.self).min() else { continue }
      best = min(best ?? rank, rank)
      keys[Int(positions[number])] = key(
        rank, number, in: index, text, canBeLinked: index.canBeLinked(number))
    }
    return best
  }

  private func rank(
    of text: RawSpan, _ number: Int, in index: SourceIndex, _ categories: CategoryFit
  ) -> SearchRank? {
    guard query.letters.isSubset(of: index.letters(number)) else { return nil }
    return query.rank(of: text) { categories.rank(word: $0, number, in: index) != nil }
  }

  private func rankMistakes(_ source: Int, into keys: inout [UInt16]) {
    let index = listed.sources[source].index
    let positions = listed.positions[source]
    let categories = CategoryFit(query.words, in: index) { query, name in
      // A category is a weaker hint than a name.
      query.mistakenRank(of: name) { _ in nil }.map { max($0, .mistakeInBeginning) }
    }
    let span = unsafe index.bytes.span.bytes
    for number in 0..<index.count {
      let position = positions[number]
      guard position != .max, keys[Int(position)] == .max,
        query.canFit(index.letters(number))
      else { continue }
      let text = span.extracting(index.searchText(number))
      let rank = query.mistakenRank(of: text) {
        categories.rank(word: $0, number, in: index)
      }
      if let rank {
        keys[Int(position)] = key(
          rank, number, in: index, text, canBeLinked: index.canBeLinked(number))
      }
    }
  }
}

/// How the categories of an index fit each word of a query.
private struct CategoryFit {
  /// By word, then by category; empty for a word that fits none of them.
  private let ranks: [[SearchRank?]]

  /// - Parameter rank: how one word, as a query of its own, fits the folded name of a category.
  init(
    _ words: [SearchWord], in index: SourceIndex,
    _ rank: (SearchQuery, borrowing RawSpan) -> SearchRank?
  ) {
    let names = (0..<index.count(of: .categories)).map { SearchText.folded(index.category($0)) }
    ranks = words.map { word in
      let query = SearchQuery(word)
      let ranks = names.map { unsafe rank(query, $0.span.bytes) }
      return ranks.contains { $0 != nil } ? ranks : []
    }
  }

  /// The best of a provider's categories.
  func rank(word: Int, _ number: Int, in index: SourceIndex) -> SearchRank? {
    let ranks = ranks[word]
    guard !ranks.isEmpty else { return nil }
    var best: SearchRank?
    for place in index.categoryPlaces(number) {
      if let rank = ranks[index.categoryNumber(at: place)] { best = min(best ?? rank, rank) }
    }
    return best
  }
}
