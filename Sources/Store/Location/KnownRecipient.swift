internal import Basics

/// A recipient of a store as this machine remembers it.
struct KnownRecipient: Equatable {
  let key: AgeRecipient
  /// What a person calls it: one line of what can be shown, without blanks around it. Nil where it has no name.
  let label: String?

  /// - Parameter label: as it was typed; what cannot be shown of it is left out.
  init(_ key: AgeRecipient, label: String? = nil) {
    self.key = key
    let plain = label.map(SystemNames.plain) ?? ""
    let words = plain.split(separator: " ").joined(separator: " ")
    self.label = words.isEmpty ? nil : words
  }

  /// Reads what `line` has written; nil when there is no recipient in it.
  init?(line words: ArraySlice<String>) {
    // The text of some keys has a blank in it.
    for count in 1...2 where words.count >= count {
      guard let key = AgeRecipient(words.prefix(count).joined(separator: " ")) else { continue }
      self.init(key, label: words.dropFirst(count).joined(separator: " "))
      return
    }
    return nil
  }

  /// The key, and its label behind it.
  var line: String { key.text + (label.map { " \($0)" } ?? "") }
}
