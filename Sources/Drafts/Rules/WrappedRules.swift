internal import Basics
internal import ProviderFormat
internal import Secrets

/// More than a value: something around it that a paste would have been mended of, or several values.
extension FieldRules {
  /// What can hardly belong to the value. A value that its pattern accepts is right as it is, and people choose passwords
  /// with quotes and brackets.
  func wrapped(_ bytes: RawSpan, _ accepted: Bool?, in context: () -> RepairContext) -> Finding? {
    guard accepted != true, field.choices.isEmpty else { return nil }
    let context = context()
    guard context.isMasked || context.isMultiline else { return nil }
    let passes: [RepairPass] =
      takesPassword ? [.keyBlock] : [.codeBlock, .keyBlock, .quotes, .bearer, .markup]
    var repair = SnippetValue.normalize(bytes, in: context, isCertain: true)?.repair
    for pass in passes where repair == nil {
      guard let mended = pass.normalize(bytes, in: context) else { continue }
      if !mended.text.withBytes({ context.spoils(bytes, $0) }) { repair = mended.repair }
    }
    guard let repair else { return nil }
    return Finding(kind: .wrapped, severity: .warning, sentence: repair.observation)
  }

  /// Says of several lines what they hold, as far as they have names.
  func severalLines(_ bytes: RawSpan, in context: () -> RepairContext) -> Finding? {
    guard bytes.contains(where: \.isLineEnd), JoinedLines.proven(bytes, in: context()) == nil,
      let snippet = SnippetReader.read(bytes),
      !snippet.kind.isCall, snippet.count > 1
    else { return nil }
    let names = snippet.items.prefix(6).compactMap { SnippetName($0.name).shown }
    let isLines = snippet.kind == .lines && names.isEmpty
    let what = "\(snippet.count) \(isLines ? "lines" : "values")"
    let list = names.isEmpty ? "" : " (\(names.joined(separator: ", ")))"
    return Finding(
      kind: .controlCharacter, severity: .refusal,
      sentence: "These are \(what)\(list); give only the value of \(name).")
  }
}
