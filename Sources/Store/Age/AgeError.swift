/// Why an age file could not be read or written. The words are for a person; none of them repeats a key or content.
package enum AgeError: Error, Equatable {
  /// The ASCII armor is not exactly as it must be.
  case armor(String)
  /// The header is not an age v1 header, or a part of it is not allowed.
  case header(String)
  /// No identity opens the file.
  case noMatch
  /// The header has been changed after it was written.
  case authentication
  /// The content has been changed, cut off or added to.
  case payload(String)

  /// The reason in one phrase, lower case, no period.
  package var reason: String {
    switch self {
    case .armor(let reason), .header(let reason), .payload(let reason): reason
    case .noMatch: "it is sealed for another identity"
    case .authentication: "its header has been changed"
    }
  }
}
