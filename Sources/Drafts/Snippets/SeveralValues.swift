internal import Basics
internal import ProviderFormat
internal import Secrets

/// Texts that hold more than the one value that is asked for: somebody has to choose.
enum SeveralValues {
  /// - Parameter others: every field of the form that is shown, the one that is asked for among them.
  static func find(
    in text: RawSpan, for context: RepairContext, among others: [RepairContext]
  ) -> Snippet? {
    guard !context.keepsWhole(text), JoinedLines.proven(text, in: context) == nil,
      let snippet = SnippetReader.read(text)
    else { return nil }
    let fits = SnippetFits(snippet, others, least: SnippetMatch.likely)
    if snippet.kind.isCall {
      let isElsewhere =
        fits.item(for: context.field.id) == nil && !holdsValue(snippet, for: context)
      guard fits.fields.count > 1 || (fits.fields.count == 1 && isElsewhere) else { return nil }
      return snippet.filtered { fits.fields[$0] != nil }
    }
    if snippet.count > 1 { return snippet }
    // One value that is surely another field's.
    let sure = SnippetFits(snippet, others, least: SnippetMatch.sure)
    let isElsewhere = !sure.fields.isEmpty && fits.item(for: context.field.id) == nil
    if !isElsewhere { return nil }
    return snippet
  }

  private static func holdsValue(_ snippet: borrowing Snippet, for context: RepairContext) -> Bool {
    for index in snippet.items.indices {
      let score = snippet.withBytes(of: index) {
        SnippetMatch.score(snippet.items[index], $0, for: context, isOnlySecret: true)
      }
      if score > SnippetMatch.none { return true }
    }
    return false
  }
}
