internal import Basics

/// Small pieces of wording that several screens share, so that the same thing is said in the same words.
enum Sentences {
  /// `1 value`, `2 values`.
  static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(word(noun, for: number))"
  }

  /// `value` or `values`.
  static func word(_ noun: String, for number: Int) -> String {
    number == 1 ? noun : noun + "s"
  }

  /// An explanation, which is written for the command line, as a sentence with period.
  static func sentence(_ text: String) -> String {
    var text = text
    let firstWord = text.prefix { $0 != " " }
    // A path, a connection's name or a command keeps its spelling.
    if firstWord.allSatisfy({ $0.isLetter && $0.isLowercase }) {
      text = text.withCapital
    }
    return text.hasSuffix(".") ? text : text + "."
  }

  /// What happened and why, in one paragraph.
  static func paragraph(_ explanation: Explanation) -> String {
    guard let why = explanation.why else { return sentence(explanation.what) }
    return sentence("\(explanation.what): \(why)")
  }

  /// `2026-02-19, in 90 days`.
  static func expiry(_ expires: Timestamp, seenFrom now: Timestamp) -> String {
    "\(expires.day), \(expires.relative(to: now))"
  }
}
