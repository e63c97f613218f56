/// A regular expression as provider files write it: ECMAScript's syntax and meaning without flags, searched in a
/// value and not anchored by the engine.
///
/// An engine of our own, because it runs on secrets: it reads bytes where they lie and copies none of them. It works
/// on UTF-8 scalars, where ECMAScript counts UTF-16 units; that differs only for characters beyond U+FFFF. No
/// expression can hang the program: after `stepLimit` steps the search gives up.
package struct Pattern: Sendable {
  /// What a search found out.
  package enum Outcome: Equatable, Sendable {
    case found
    case notFound
    /// Given up at the limit: nothing is known about the value.
    case tooHard
  }

  /// How many instructions one search may take: some tenths of a second at worst. An expression of the known
  /// provider files takes a few hundred on a key.
  package static let stepLimit = 2_000_000

  /// The expression as written.
  package let source: String
  let root: PatternNode
  private let program: PatternProgram

  /// Throws when ECMAScript would refuse the expression, and when it is larger than any sensible one
  /// (`PatternError.Reason.tooLarge`).
  package init(_ source: String) throws(PatternError) {
    var parser = PatternParser(source)
    let root = try parser.parse()
    self.source = source
    self.root = root
    program = try PatternProgram(root, groups: parser.groupCount)
  }

  /// How many groups capture something.
  package var groups: Int { program.groupCount }

  /// Whether the expression matches anywhere in `bytes`. A search that was given up counts as a match: a value is
  /// not refused for a reason that nobody has established.
  package func matches(_ bytes: RawSpan) -> Bool { search(bytes) != .notFound }

  /// Whether the expression matches anywhere in `text`.
  package func matches(_ text: String) -> Bool {
    let copy = Array(text.utf8)
    // Safe: `copy` outlives the call, and its elements are plain bytes.
    return unsafe matches(copy.span.bytes)
  }

  /// Whether the expression matches anywhere in `bytes`, and whether that could be found out.
  package func search(_ bytes: RawSpan) -> Outcome {
    var matcher = PatternMatcher(program)
    do {
      return try matcher.search(bytes) ? .found : .notFound
    } catch {
      return .tooHard
    }
  }

  /// The bytes that the first group captured in the leftmost match; nil without a match, without a group, or when
  /// the group took no part in it.
  package func firstCapture(in bytes: RawSpan) -> Range<Int>? {
    var matcher = PatternMatcher(program)
    guard program.groupCount > 0, (try? matcher.search(bytes)) == true else { return nil }
    return matcher.capture(1)
  }

  /// The first group's text in `text`.
  package func firstCapture(in text: String) -> String? {
    let copy = Array(text.utf8)
    // Safe: `copy` outlives the call, and its elements are plain bytes.
    guard let range = unsafe firstCapture(in: copy.span.bytes) else { return nil }
    return String(decoding: copy[range], as: UTF8.self)
  }
}

/// Why an expression is not valid.
package struct PatternError: Error, Equatable, Sendable {
  /// What makes a pattern one that is not used.
  package enum Reason: Equatable, Sendable {
    case reversedRange, unclosedClass, unclosedGroup, unopenedGroup, nothingToRepeat
    case reversedQuantifier, endsInBackslash, unknownGroup, badGroupName, duplicateGroupName
    case unknownReference, tooLarge
  }

  /// Why it cannot be used.
  package let reason: Reason
  /// In characters from the start of the expression.
  package let offset: Int

  /// The reason as the end of a sentence: `a range in […] ends before it begins`.
  package var message: String {
    switch reason {
    case .reversedRange: "a range in […] ends before it begins"
    case .unclosedClass: "a […] is not closed"
    case .unclosedGroup: "a ( is not closed"
    case .unopenedGroup: "a ) closes nothing"
    case .nothingToRepeat: "a quantifier has nothing to repeat"
    case .reversedQuantifier: "a {…} has its numbers the wrong way round"
    case .endsInBackslash: "it ends in a backslash"
    case .unknownGroup: "a (? is followed by something unknown"
    case .badGroupName: "a group's name is not an identifier"
    case .duplicateGroupName: "two groups have the same name"
    case .unknownReference: "\\k names a group that does not exist"
    case .tooLarge: "it is too long or too deeply nested"
    }
  }
}
