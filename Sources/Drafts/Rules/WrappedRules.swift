internal import Basics
internal import ProviderFormat
internal import Secrets
internal import Signing

/// More than a value: something around it that a paste would have been mended of, or several values.
extension FieldRules {
  /// What can hardly belong to the value. A value that its pattern accepts is right as it is, and people choose passwords
  /// with quotes and brackets.
  func wrapped(_ bytes: RawSpan, _ accepted: Bool?, in context: RepairContext) -> Finding? {
    guard accepted != true, field.choices.isEmpty else { return nil }
    guard context.isMasked || context.isMultiline else { return nil }
    let isKeyFile = context.isMultiline && KeyFileKind.isWhole(bytes)
    let passes: [RepairPass] =
      isKeyFile
      ? [.keyBlock] : [.codeBlock, .keyBlock, .quotes, .bearer, .markup, .punctuation]
    var repair =
      isKeyFile ? nil : SnippetValue.normalize(bytes, in: context, isCertain: true)?.repair
    for pass in passes where repair == nil {
      guard let normalized = pass.normalize(bytes, in: context), pass == .keyBlock || !takesPassword
      else { continue }
      if !normalized.text.withBytes({ context.spoils(bytes, $0) }) { repair = normalized.repair }
    }
    guard let repair else { return nil }
    return Finding(kind: .wrapped, severity: .warning, sentence: repair.observation)
  }

  /// Says of a text that holds several values what they are, as far as they have names.
  func severalValues(_ bytes: RawSpan, in context: RepairContext) -> Finding? {
    let hasLines = bytes.contains(where: \.isLineEnd)
    guard hasLines || bytes.has("{".utf8) || bytes.has("[".utf8), !context.keepsWhole(bytes),
      JoinedLines.proven(bytes, in: context) == nil, let snippet = SnippetReader.read(bytes),
      !snippet.kind.isCall, snippet.count > 1
    else { return nil }
    let names = snippet.items.prefix(6).compactMap { SnippetName($0.name).shown }
    let isLines = snippet.kind == .lines && names.isEmpty
    let what = "\(snippet.count) \(isLines ? "lines" : "values")"
    let list = names.isEmpty ? "" : " (\(names.joined(separator: ", ")))"
    return Finding(
      kind: hasLines ? .controlCharacter : .wrapped, severity: hasLines ? .refusal : .overridable,
      sentence: "These are \(what)\(list); give only the value of \(name).")
  }
}
