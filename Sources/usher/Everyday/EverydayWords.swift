internal import ArgumentParser

/// What may stand behind an everyday command, by the spelling of the options.
struct EverydayOptions {
  var flags: [String] = []
  /// They take a value each, and are given once.
  var values: [String] = []
  /// They take a value each, and may be given again.
  var lists: [String] = []
}

/// The words behind an everyday command, sorted by what the command takes.
///
/// Only the plainest lines are read here. Whatever can be meant in two ways is left to the argument parser, which has the
/// errors and the help: words that begin with a dash and are no option of the command, empty words, an option without its
/// value or given twice, and a bare `--`.
struct EverydayWords {
  private(set) var operands: [String] = []
  private var flags: [String] = []
  private var values: [(option: String, text: String)] = []

  /// Nil for a line that is the parser's.
  init?(_ words: ArraySlice<String>, taking options: EverydayOptions) {
    var rest = words
    while let word = rest.popFirst() {
      if word.isEmpty { return nil }
      if !EverydayWords.beginsWithDash(word) {
        operands.append(word)
      } else if options.flags.contains(word) {
        flags.append(word)
      } else {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let option = String(parts[0])
        let isFirst = options.values.contains(option) && !values.contains { $0.option == option }
        guard isFirst || options.lists.contains(option) else { return nil }
        guard let text = parts.count == 2 ? String(parts[1]) : rest.popFirst(), !text.isEmpty,
          parts.count == 2 || text == "-" || !EverydayWords.beginsWithDash(text)
        else { return nil }
        values.append((option, text))
      }
    }
  }

  func has(_ flag: String) -> Bool { flags.contains(flag) }

  func value(_ option: String) -> String? { values.first { $0.option == option }?.text }

  /// Whether a value, where there is one, can be read as what the parser would read it as.
  func isReadable<Argument: ExpressibleByArgument>(_ option: String, as type: Argument.Type) -> Bool
  {
    value(option).map { Argument(argument: $0) != nil } ?? true
  }

  /// The value as that; nil where there is none.
  func argument<Argument: ExpressibleByArgument>(_ option: String) -> Argument? {
    value(option).flatMap { Argument(argument: $0) }
  }

  func list(_ option: String) -> [String] {
    values.filter { $0.option == option }.map(\.text)
  }

  private static func beginsWithDash(_ word: String) -> Bool {
    word.utf8.first == UInt8(ascii: "-")
  }
}
