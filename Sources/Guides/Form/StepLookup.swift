/// How a field's `doc_section` was matched with a step of the guide. The values are those of the export.
package enum SectionMatch: String, Sendable {
  /// The fragment is a heading's own, or an `<a id>`.
  case exact
  /// The same apart from punctuation and hyphens.
  case punctuation
  /// The same words under another step number, or without one.
  case title
  /// Only the step's number is the same.
  case number
}

extension Guide {
  /// The step that a fragment like `#step-2-create-a-key` leads to, and how it was found. Fragments that match no
  /// heading literally occur in real files (35 of 985), so the search loosens by stages.
  package func step(for fragment: String) -> (index: Int, match: SectionMatch)? {
    let wanted = String(fragment.drop { $0 == "#" })
    guard !wanted.isEmpty else { return nil }
    if let index = index(ofAnchor: wanted) { return (index, .exact) }
    let bare = Self.lettersOnly(wanted)
    if let index = steps.firstIndex(where: { $0.anchors.contains { Self.lettersOnly($0) == bare } })
    {
      return (index, .punctuation)
    }
    let (number, title) = Self.numbered(wanted)
    if !title.isEmpty, let index = steps.firstIndex(where: { $0.hasTitle(title) }) {
      return (index, .title)
    }
    if let number, let index = steps.firstIndex(where: { $0.number == number }) {
      return (index, .number)
    }
    return nil
  }

  /// The step with that very anchor. Of headings with the same words a page numbers the second and later ones:
  /// `notes`, `notes-1`, `notes-2`.
  private func index(ofAnchor wanted: String) -> Int? {
    if let index = steps.firstIndex(where: { $0.anchors.contains(wanted) }) { return index }
    guard let hyphen = wanted.lastIndex(of: "-"),
      let repetition = Int(wanted[wanted.index(after: hyphen)...]), repetition > 0
    else { return nil }
    let bare = String(wanted[..<hyphen])
    let indices = steps.enumerated().flatMap { index, step in
      step.anchors.filter { $0 == bare }.map { _ in index }
    }
    return repetition < indices.count ? indices[repetition] : nil
  }

  fileprivate static func lettersOnly(_ fragment: String) -> String {
    let lower = fragment.lowercased()
    return String(
      lower.unicodeScalars.filter {
        $0.properties.isAlphabetic || $0.properties.numericType != nil
      }.map(Character.init))
  }

  /// `step-2-create-a-key` is step 2 and `createakey`; anything else has no number.
  fileprivate static func numbered(_ fragment: String) -> (number: Int?, title: String) {
    let parts = fragment.lowercased().split(separator: "-", omittingEmptySubsequences: true)
    guard parts.count > 1, parts[0] == "step", let number = Int(parts[1]) else {
      return (nil, lettersOnly(fragment))
    }
    return (number, lettersOnly(parts.dropFirst(2).joined()))
  }
}

extension Step {
  fileprivate func hasTitle(_ letters: String) -> Bool {
    Guide.lettersOnly(title) == letters
      || anchors.contains { Guide.numbered($0).title == letters }
  }
}
