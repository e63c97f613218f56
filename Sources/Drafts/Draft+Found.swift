internal import Basics
package import ProviderFormat
internal import Secrets

/// What a paste held that was more than the value that is asked: to be shown, and chosen from. Knows names, kinds and
/// lengths, never a value.
package struct FoundValues: Equatable, Sendable {
  /// One of the values.
  package struct Item: Equatable, Sendable {
    /// How it stands in the text: `ACME_KEY`, `line 2`.
    package var name: String
    /// In Unicode scalars.
    package var characters: Int
    /// The field that it fits; nil where none is known.
    package var field: Field.ID?
    /// Whether it is a line of the text, and nothing in it is a name.
    package var isLine: Bool
    /// By what it is known whose it is: `acme-`.
    package var prefix: String?
  }

  /// What the paste was taken for, to be named in the question.
  package var kind: Snippet.Kind
  /// Where the text was pasted.
  package var field: Field.ID
  /// In the order of the text.
  package var items: [Item]
  /// Whether the lines could also be one value that was broken.
  package var canJoin: Bool

  /// How many of them fit a field of the form.
  package var fitting: Int { items.count { $0.field != nil } }

  /// The value for the field where the text was pasted; nil when none is surely its own.
  package var own: Int? { items.firstIndex { $0.field == field } }
}

/// What the user wants of it.
package enum FoundChoice: Equatable, Sendable {
  /// Every value into the field that it fits.
  case all
  /// One value, by its number from 0, into the field where the text was pasted.
  case one(Int)
  /// All lines as one value.
  case joined
}

/// A paste that waits for a choice. It is wiped with whatever is not chosen.
struct PendingPaste: ~Copyable, Sendable {
  let field: Field.ID
  let snippet: Snippet
  let fits: SnippetFits
  let whole: SecretBuffer?
}

extension Draft {
  /// What the last paste held that was more than one value; nil when nothing waits for a choice.
  package var found: FoundValues? {
    guard pending != nil else { return nil }
    return pendingValues
  }

  private var pendingValues: FoundValues? {
    switch pending {
    case .none: return nil
    case .some(let pending):
      let items = pending.snippet.items.indices.map { index in
        pending.snippet.withBytes(of: index) { bytes in
          let field = pending.fits.fields[index]
          return FoundValues.Item(
            name: shownName(of: pending.snippet.items[index]), characters: bytes.scalarCount,
            field: field, isLine: pending.snippet.items[index].role == .line,
            prefix: entry(field ?? pending.field).rules.publicPrefix(of: bytes))
        }
      }
      return FoundValues(
        kind: pending.snippet.kind, field: pending.field, items: items,
        canJoin: pending.whole != nil)
    }
  }

  private func shownName(of item: Snippet.Item) -> String {
    if let name = SnippetName(item.name).shown { return name }
    return item.name.isEmpty ? "line \(item.line)" : "a name that is not shown"
  }

  /// Puts what was chosen into its fields, mended like a paste, in place of what they held. What was not chosen is wiped.
  ///
  /// - Returns: the fields that have a new value, in the order of the form.
  package mutating func apply(_ choice: FoundChoice) -> [Field.ID] {
    guard let chosen = pending.take() else { return [] }
    var changed: Set<Field.ID> = []
    switch choice {
    case .all:
      for (item, field) in chosen.fits.fields {
        if give(chosen, item, to: field) { changed.insert(field) }
      }
    case .one(let item):
      if chosen.snippet.items.indices.contains(item), give(chosen, item, to: chosen.field) {
        changed.insert(chosen.field)
      }
    case .joined:
      if give(chosen, nil, to: chosen.field) { changed.insert(chosen.field) }
    }
    return entries.map(\.id).filter(changed.contains)
  }

  /// Nothing of it is wanted.
  package mutating func dropFound() { pending = nil }

  /// - Parameter item: nil for the lines joined.
  private mutating func give(
    _ chosen: borrowing PendingPaste, _ item: Int?, to field: Field.ID
  ) -> Bool {
    let index = index(of: field)
    var normalizer: PasteNormalizer
    var repair = Repair.lineEnds
    if let item {
      normalizer = chosen.snippet.withBytes(of: item) { PasteNormalizer($0) }
      repair = .taken(shownName(of: chosen.snippet.items[item]))
    } else {
      switch chosen.whole {
      case .some(let whole): normalizer = whole.withBytes { PasteNormalizer($0) }
      case .none: return false
      }
    }
    normalizer.run(in: entries[index].context)
    guard !normalizer.isEmpty else { return false }
    if !entries[index].field.choices.isEmpty { return choose(normalizer, at: index) == .done }
    guard replaceValue(at: index, with: normalizer) else { return false }
    recordEdit(at: index, repairs: [repair] + normalizer.repairs)
    return true
  }

  /// What the rules of repairs have to know of every field that is shown.
  borrowing func repairContexts() -> [RepairContext] {
    var contexts: [RepairContext] = []
    for entry in entries where isShown(entry.id) {
      contexts.append(entry.context)
    }
    return contexts
  }

  /// Keeps what a paste held, for the choice.
  mutating func setPending(
    _ snippet: consuming Snippet, for field: Field.ID, of text: borrowing PasteNormalizer
  ) {
    let fits = SnippetFits(snippet, repairContexts(), least: SnippetMatch.likely)
    var whole: SecretBuffer?
    if snippet.kind == .lines, snippet.items.allSatisfy({ $0.role == .line }) {
      whole = text.withBytes { JoinedLines.joined($0) }
    }
    pending = PendingPaste(field: field, snippet: snippet, fits: fits, whole: whole)
  }
}
