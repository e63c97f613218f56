/// Finds one of several choices by what somebody types of it.
struct ChoiceSearch {
  private let wanted: String

  init(_ text: String) { wanted = text.lowercased() }

  /// One that begins so, else one with a word that does, else one that holds it.
  func first(in choices: [String]) -> String? {
    choices.first { $0.lowercased().hasPrefix(wanted) }
      ?? choices.first { choice in
        choice.lowercased().split { !$0.isLetter && !$0.isNumber }.contains { $0.hasPrefix(wanted) }
      } ?? choices.first { $0.lowercased().contains(wanted) }
  }
}
