extension Diagnosis {
  /// What happened, and where it went wrong the provider's own words: sentences with periods.
  package var statement: String {
    guard let providerSays, !isAccepted else { return sentence }
    // Quoted, because the words may be no sentence and what follows is ours.
    let end = providerSays.last.map { ".!?…".contains($0) } == true ? "" : "."
    return "\(sentence) The provider says: “\(providerSays)”\(end)"
  }
}
