internal import Basics

/// A recipient of a store as this machine remembers it.
struct KnownRecipient: Equatable {
  let key: AgeRecipient
  /// What a person calls it: one line of what can be shown, without blanks around it. Nil where it has no name.
  let label: String?

  /// - Parameter label: as it was typed; what cannot be shown of it is left out.
  init(_ key: AgeRecipient, label: String? = nil) {
    self.key = key
    // Joining costs more than all else that is read of a store, and most have no label.
    guard let label, !label.isEmpty else {
      self.label = nil
      return
    }
    let words = SystemNames.plain(label).split(separator: " ").joined(separator: " ")
    self.label = words.isEmpty ? nil : words
  }

  /// Reads what `line` has written; nil when there is no recipient in it.
  init?(line: Substring) {
    let (word, rest) = line.cutAtBlank
    if let key = AgeRecipient(String(word)) {
      self.init(key, label: rest.map(String.init))
      return
    }
    // The text of some keys has a blank in it.
    guard let (second, label) = rest?.cutAtBlank, let key = AgeRecipient("\(word) \(second)") else {
      return nil
    }
    self.init(key, label: label.map(String.init))
  }

  /// The key, and its label behind it.
  var line: String { key.text + (label.map { " \($0)" } ?? "") }
}
