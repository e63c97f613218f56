/// Providers that were found, the best first. An entry is decoded when it is looked at: a list of 100,000 costs as much
/// as the rows of it that are shown.
package struct SearchResults: RandomAccessCollection, Sendable {
  private let listed: MergedProviders
  /// Positions in the list; nil for all of it.
  private let positions: [UInt32]?

  init(all listed: MergedProviders) {
    self.listed = listed
    positions = nil
  }

  init(_ positions: [UInt32], in listed: MergedProviders) {
    self.listed = listed
    self.positions = positions
  }

  /// 0
  package var startIndex: Int { 0 }
  /// The number of results.
  package var endIndex: Int { positions?.count ?? listed.count }

  /// The provider at a place in the order of the results; decoded when it is asked for.
  package subscript(index: Int) -> CatalogueEntry {
    listed.entry(at: positions.map { Int($0[index]) } ?? index)
  }

  /// Where a provider stands among these; nil when it is not one of them. Decodes nothing.
  package func index(of slug: String) -> Int? {
    guard let position = listed.position(of: slug) else { return nil }
    return positions.map { $0.firstIndex(of: UInt32(position)) } ?? position
  }
}

extension SearchResults: Equatable {
  /// Without decoding an entry: the same rows of the same list.
  package static func == (a: SearchResults, b: SearchResults) -> Bool {
    a.listed === b.listed && a.positions == b.positions
  }
}
