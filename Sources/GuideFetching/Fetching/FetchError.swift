package import Basics

/// Why nothing could be fetched at all. What goes wrong with single pages is told by `FetchReport`.
package enum FetchError: Explained, Equatable, Sendable {
  /// The index, or the providers' file: it could not be reached, read, or understood.
  case source(Explanation)
  /// The folder cannot be written.
  case folder(Explanation)

  /// The sentence for it.
  package var explanation: Explanation {
    switch self {
    case .source(let explanation), .folder(let explanation): explanation
    }
  }
}
