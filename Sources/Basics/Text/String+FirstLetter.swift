extension String {
  /// The same text with a capital in front, as a sentence begins.
  package var withCapital: String { first.map { $0.uppercased() + rest } ?? "" }

  /// The same text with a small letter in front, as it stands in the middle of a sentence.
  package var withoutCapital: String { first.map { $0.lowercased() + rest } ?? "" }

  /// A text of its own: to add a part of one, the library would look for what kind of collection that is.
  private var rest: String { String(dropFirst()) }
}
