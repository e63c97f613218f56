internal import Basics
package import ProviderFormat
internal import Secrets

/// Values for a form out of a file that was not written for it: a `.env` file, a provider's own key file. Nobody is
/// asked, so only what surely belongs to a field is taken.
package struct HandedValues: ~Copyable, Sendable {
  /// What surely belongs to a field of the form, as the field takes it.
  package var values = SecretValues()
  /// What the file was read as.
  package let kind: Snippet.Kind
  /// What was left out. A name only where the file is one of variables: a JSON name may be a secret in the wrong place.
  package private(set) var leftOut: [String?] = []

  /// Nil when the text is nothing that holds named values. `values` is empty when none of them belongs to the form.
  package static func read(_ text: RawSpan, for form: Form) -> HandedValues? {
    guard let snippet = SnippetReader.read(text), snippet.kind != .lines || hasNames(snippet) else {
      return nil
    }
    let (provider, uses) = (form.provider, FieldUses(form.provider))
    var contexts: [RepairContext] = []
    for field in form.fields where field.isPrompted {
      contexts.append(DraftEntry(field, in: provider, uses).context)
    }
    let fits = SnippetFits(snippet, contexts, least: SnippetMatch.sure)
    var handed = HandedValues(kind: snippet.kind)
    for index in snippet.items.indices {
      if let field = fits.fields[index] {
        snippet.withBytes(of: index) { handed.values.set(field, to: SecretBuffer(copying: $0)) }
      } else if !snippet.kind.isCall {
        let name = snippet.kind == .json ? nil : SnippetName(snippet.items[index].name).shown
        handed.leftOut.append(name)
      }
    }
    return handed
  }

  private init(kind: Snippet.Kind) { self.kind = kind }

  private static func hasNames(_ snippet: borrowing Snippet) -> Bool {
    snippet.items.contains { !$0.name.isEmpty }
  }

  /// The values alone, with an owner of their own.
  package consuming func takeValues() -> SecretValues { values }
}
