internal import Basics
internal import ProviderFormat
internal import Secrets

/// The one value that a text holds for a field: behind a name, in a command, in a header. Where a text holds several,
/// whoever has the whole form decides (`PasteNormalizer.found`).
enum SnippetValue {
  /// - Parameter isCertain: whether only what can hardly be meant as it is may be taken apart.
  static func normalize(
    _ text: RawSpan, in context: RepairContext, isCertain: Bool = false
  ) -> NormalizedText? {
    guard !context.keepsWhole(text), let snippet = SnippetReader.read(text) else { return nil }
    guard let index = choose(from: snippet, in: context, isCertain: isCertain) else { return nil }
    let repair = repair(for: snippet.items[index], in: snippet)
    let value = snippet.withBytes(of: index) { SecretBuffer(copying: $0) }
    return NormalizedText(value, repair)
  }

  private static func choose(
    from snippet: borrowing Snippet, in context: RepairContext, isCertain: Bool
  ) -> Int? {
    var best: (index: Int, score: Int)?
    for index in snippet.items.indices {
      let score = snippet.withBytes(of: index) {
        SnippetMatch.score(snippet.items[index], $0, for: context, isOnlySecret: true)
      }
      if score > best?.score ?? 0 { best = (index, score) }
    }
    if snippet.kind.isCall { return best?.index }
    guard snippet.count == 1 else { return nil }
    if let best, best.score >= SnippetMatch.likely { return best.index }
    return isName(snippet.items[0], in: context, isCertain: isCertain) ? 0 : nil
  }

  /// Whether a name is one, although it is not the field's: a value may hold `=` and `:` itself.
  private static func isName(
    _ item: Snippet.Item, in context: RepairContext, isCertain: Bool
  ) -> Bool {
    guard case .named(let isExplicit) = item.role else { return false }
    let name = SnippetName(item.name)
    if context.isMasked, name.isTelling { return true }
    return !isCertain && (isExplicit || item.mark == .equals && name.isVariable)
  }

  private static func repair(for item: Snippet.Item, in snippet: borrowing Snippet) -> Repair {
    switch snippet.kind {
    case .command(let program): return .command(program)
    case .code: return .code
    case .basicHeader: return .basicHeader
    case .line, .dotenv, .json, .yaml, .keyFile, .lines: break
    }
    guard case .named(let isExplicit) = item.role, let name = SnippetName(item.name).shown else {
      return .name(nil)
    }
    if isExplicit { return .export(name) }
    return item.mark == .equals ? .assignment(name) : .name(name)
  }
}

extension RepairContext {
  /// Whether a text is the value as it is, lines and all: a key file where one is asked.
  func keepsWhole(_ text: RawSpan) -> Bool {
    if rules.accept(text) == true, !text.contains(where: \.isLineEnd) { return true }
    guard isMultiline else { return false }
    if text.has("{".utf8) || text.has("[".utf8) {
      // A JSON Web Key (RFC 7517) is a key wherever one is asked.
      return takesJSON || text.firstOffset(of: "\"kty\"".utf8) != nil
    }
    switch SnippetReader.read(text)?.kind {
    case .dotenv?, .yaml?, .json?, .keyFile?, .command?, .code?, .basicHeader?, .line?: return false
    case .lines?, nil: return true
    }
  }

  /// Whether a whole JSON document is asked for: a key file of a service, a JSON Web Key.
  private var takesJSON: Bool {
    if field.example?.hasPrefix("{") == true { return true }
    let words = [field.id.name, field.title, field.description].map { SnippetName.words(of: $0) }
    return !Set(words.joined()).isDisjoint(with: ["json", "jwk", "jwks"])
  }
}
