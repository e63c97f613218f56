/// What became of each page.
package struct FetchReport: Equatable, Sendable {
  /// What was done with a page.
  package enum Outcome: Equatable, Sendable {
    /// Written for the first time, or again after its file was gone.
    case new
    /// Written, in place of another text; the version before is kept beside it.
    case changed
    /// Asked for, and the same as before.
    case unchanged
    /// Nothing was written, and what was there still is. A sentence says why, with a period.
    case failed(String)
    /// A dry run: what would be asked for.
    case planned
  }

  /// One page of the index that was asked for.
  package struct Page: Equatable, Sendable {
    /// As the index calls it.
    package let title: String
    /// The last folder of the file, which is the provider's slug.
    package let slug: String
    /// Relative to the folder of fetched guides.
    package let file: String
    /// The page's address, without `.md`.
    package let address: String
    /// What was done with it.
    package var outcome: Outcome
  }

  /// In the order of the index.
  package internal(set) var pages: [Page] = []
  /// How many pages the index lists altogether.
  package internal(set) var listed = 0
  /// How many of those that were asked for stand on another site, and were left out for it.
  package internal(set) var elsewhere = 0

  /// How many pages came to an end like this; a failure's sentence does not count.
  package func count(_ isMeant: (Outcome) -> Bool) -> Int { pages.count { isMeant($0.outcome) } }

  /// How many could not be had.
  package var failures: Int {
    count { if case .failed = $0 { true } else { false } }
  }
}
