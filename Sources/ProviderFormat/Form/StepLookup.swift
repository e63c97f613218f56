package import GuideText

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
  /// The step that a fragment like `#step-2-create-a-key` leads to, and how it was found.
  package func step(for fragment: String) -> (index: Int, match: SectionMatch)? {
    StepLookup(self).step(for: fragment)
  }
}

/// Finds the steps of a guide by the fragments that lead to them; made once for all of a provider's fields. Fragments
/// that match no heading literally occur in real files (35 of 985), so the search loosens by stages.
package struct StepLookup {
  /// The steps with an anchor, one for each time that it occurs.
  private var anchors: [String: [Int]] = [:]
  // The first step of each.
  private var bareAnchors: [String: Int] = [:]
  private var titles: [String: Int] = [:]
  private var numbers: [Int: Int] = [:]

  /// Walks the headings once. Where two steps share a key, the first one has it.
  package init(_ guide: Guide) {
    for (index, step) in guide.steps.enumerated() {
      for anchor in step.anchors {
        anchors[anchor, default: []].append(index)
        Self.record(index, as: Self.lettersOnly(anchor), in: &bareAnchors)
        Self.record(index, as: Self.numbered(anchor).title, in: &titles)
      }
      Self.record(index, as: Self.lettersOnly(step.title), in: &titles)
      if let number = step.number { Self.record(index, as: number, in: &numbers) }
    }
  }

  private static func record<Key>(_ index: Int, as key: Key, in table: inout [Key: Int]) {
    if table[key] == nil { table[key] = index }
  }

  /// The step that a fragment leads to, and how it was found; nil when it leads to none.
  package func step(for fragment: String) -> (index: Int, match: SectionMatch)? {
    let wanted = String(fragment.drop { $0 == "#" })
    guard !wanted.isEmpty else { return nil }
    if let index = index(ofAnchor: wanted) { return (index, .exact) }
    if let index = bareAnchors[Self.lettersOnly(wanted)] { return (index, .punctuation) }
    let (number, title) = Self.numbered(wanted)
    if !title.isEmpty, let index = titles[title] { return (index, .title) }
    if let number, let index = numbers[number] { return (index, .number) }
    return nil
  }

  /// The step with that very anchor. Of headings with the same words a page numbers the second and later ones:
  /// `notes`, `notes-1`, `notes-2`.
  private func index(ofAnchor wanted: String) -> Int? {
    if let index = anchors[wanted]?.first { return index }
    guard let hyphen = wanted.lastIndex(of: "-"),
      let repetition = Int(wanted[wanted.index(after: hyphen)...]), repetition > 0
    else { return nil }
    let indices = anchors[String(wanted[..<hyphen])] ?? []
    return repetition < indices.count ? indices[repetition] : nil
  }

  private static func lettersOnly(_ fragment: String) -> String {
    let lower = fragment.lowercased()
    return String(
      lower.unicodeScalars.filter {
        $0.properties.isAlphabetic || $0.properties.numericType != nil
      }.map(Character.init))
  }

  /// `step-2-create-a-key` is step 2 and `createakey`; anything else has no number.
  private static func numbered(_ fragment: String) -> (number: Int?, title: String) {
    let parts = fragment.lowercased().split(separator: "-", omittingEmptySubsequences: true)
    guard parts.count > 1, parts[0] == "step", let number = Int(parts[1]) else {
      return (nil, lettersOnly(fragment))
    }
    return (number, lettersOnly(parts.dropFirst(2).reduce(into: "") { $0 += String($1) }))
  }
}
