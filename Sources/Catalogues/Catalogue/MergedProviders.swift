internal import Basics
package import ProviderFormat

/// The providers of several sources as one list in the order of their names. Of two with the same slug the weightier
/// source's is listed. Nothing is decoded before it is looked at.
package final class MergedProviders: Sendable {
  struct Source: Sendable {
    let index: SourceIndex
    let origin: Provider.Origin
    /// The folder as it was given; nil for what is built in.
    let path: String?
  }

  /// A provider of one of the sources.
  struct Place: Equatable, Sendable {
    let source: Int
    let number: Int
  }

  let sources: [Source]
  /// By source, then by number: the position in the list, `UInt32.max` for what is not listed.
  let positions: [[UInt32]]
  private let order: [UInt64]

  /// - Parameter sources: in ascending order of weight.
  init(_ sources: [Source]) {
    self.sources = sources
    var positions = MergedProviders.hidden(in: sources)
    order = MergedProviders.merged(sources, &positions)
    self.positions = positions
  }

  /// A list of providers that are at hand as values.
  package convenience init(_ providers: [Provider]) {
    let content = IndexContent(
      providers: providers.map { IndexedProvider(ProviderSummary($0), range: 0..<0) })
    self.init([
      Source(
        index: SourceIndex(content), origin: providers.first?.origin ?? .builtIn, path: nil)
    ])
  }

  /// How many providers there are, each slug once.
  package var count: Int { order.count }

  func place(at position: Int) -> Place {
    Place(source: Int(order[position] >> 32), number: Int(order[position] & 0xFFFF_FFFF))
  }

  /// Where a slug stands in the list.
  func position(of slug: String) -> Int? {
    for source in sources.indices.reversed() {
      guard let number = sources[source].index.number(of: slug) else { continue }
      // Hidden by a source that does not know the slug now: an index whose order of slugs is damaged.
      let position = positions[source][number]
      return position == .max ? nil : Int(position)
    }
    return nil
  }

  // MARK: Entries

  func entry(at position: Int) -> CatalogueEntry {
    let place = place(at: position)
    let (index, number) = (sources[place.source].index, place.number)
    let slug = index.slug(number)
    return CatalogueEntry(
      slug: slug, displayName: index.displayName(number),
      categories: index.categoryPlaces(number).map(index.categoryNumber).map(index.category),
      authMode: .init(rawValue: index.authMode(number)), origin: sources[place.source].origin,
      shadowed: shadowed(by: place.source, slug), domain: index.domain(number),
      hasGuide: hasGuide(slug, place), canBeLinked: index.canBeLinked(number))
  }

  /// Sources of less weight that have an entry of the same slug, the weightiest first.
  private func shadowed(by source: Int, _ slug: String) -> [Provider.Origin] {
    sources[..<source].reversed().filter { $0.index.number(of: slug) != nil }.map(\.origin)
  }

  private func hasGuide(_ slug: String, _ place: Place) -> Bool {
    let own = sources[place.source].index
    if own.guide(place.number) != nil { return true }
    let named = own.namedGuide(place.number)
    return sources.enumerated().contains { number, source in
      guard number != place.source, let path = source.path else {
        return number != place.source && source.index.guidePath(of: slug) != nil
      }
      if source.index.guidePath(of: slug) != nil { return true }
      guard source.index.providerFile != nil, let named else { return false }
      return GuideFile.exists("\(path)/\(named)")
    }
  }

  // MARK: Merging

  /// 0 for what will be listed, `UInt32.max` for what a weightier source has as well.
  private static func hidden(in sources: [Source]) -> [[UInt32]] {
    var positions = sources.map { [UInt32](repeating: 0, count: $0.index.count) }
    for lower in sources.indices {
      for upper in sources.indices where upper > lower {
        let (a, b) = (sources[lower].index, sources[upper].index)
        // Each slug of the smaller one is looked up in the larger.
        if a.count <= b.count {
          for number in 0..<a.count where b.number(of: a.slugBytes(number)) != nil {
            positions[lower][number] = .max
          }
        } else {
          for number in 0..<b.count {
            if let hidden = a.number(of: b.slugBytes(number)) {
              positions[lower][hidden] = .max
            }
          }
        }
      }
    }
    return positions
  }

  /// The list, and with it the position of each. The indices are in the order of names already.
  private static func merged(_ sources: [Source], _ positions: inout [[UInt32]]) -> [UInt64] {
    var order: [UInt64] = []
    order.reserveCapacity(sources.reduce(0) { $0 + $1.index.count })
    var heads = [Int](repeating: 0, count: sources.count)
    while let source = first(of: heads, in: sources) {
      let number = heads[source]
      if positions[source][number] != .max {
        positions[source][number] = UInt32(order.count)
        order.append(UInt64(source) << 32 | UInt64(number))
      }
      heads[source] += 1
    }
    return order
  }

  /// The source whose next provider comes first.
  private static func first(of heads: [Int], in sources: [Source]) -> Int? {
    var best: Int?
    for source in sources.indices where heads[source] < sources[source].index.count {
      guard let other = best else {
        best = source
        continue
      }
      let (a, b) = (sources[source].index, sources[other].index)
      let text = unsafe a.bytes.span.bytes.extracting(a.searchText(heads[source]))
      let order = unsafe text.order(
        before: b.bytes.span.bytes.extracting(b.searchText(heads[other])))
      if order < 0 { best = source }
    }
    return best
  }
}

extension MergedProviders {
  /// All of them, in the order of their names.
  package var entries: SearchResults { SearchResults(all: self) }

  /// Those that fit what somebody typed, the best first; for an empty text all of them, those first that can be linked
  /// here.
  package func search(_ text: String) -> SearchResults {
    let query = SearchQuery(text)
    guard !query.isEmpty else { return SearchResults(CatalogueSearch.all(of: self), in: self) }
    return SearchResults(CatalogueSearch(query, in: self).positions(), in: self)
  }
}

extension SourceIndex {
  fileprivate func slugBytes(_ number: Int) -> [UInt8] { Array(bytes[slugRange(number)]) }
}
