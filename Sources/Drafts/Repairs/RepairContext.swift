internal import ProviderFormat
internal import Signing

/// What a repair has to know of the field that a paste goes into.
struct RepairContext: Sendable {
  let field: Field
  let rules: FieldRules
  let isMultiline: Bool
  let isMasked: Bool
  /// What the form calls the field.
  let label: String
  /// The words of the provider's names, with which names of its values may begin: `ACME_API_KEY`.
  let serviceWords: [[String]]
  /// The headers, lower case, in which the provider's requests carry this field, and what stands before the value
  /// there: `authorization` and `Bearer `.
  let headers: [(name: String, lead: String)]

  init(_ asked: FormField, _ rules: FieldRules, isMultiline: Bool, in provider: Provider) {
    field = asked.field
    self.rules = rules
    self.isMultiline = isMultiline
    isMasked = asked.isMasked
    label = asked.label
    serviceWords = [provider.slug, provider.displayName].map { SnippetName.words(of: $0) }
    let placeholders = ["${\(asked.id.name)}", "${credentials.\(asked.id.name)}"]
    let verification = provider.proxy.verification?.headers ?? []
    headers = (provider.proxy.headers + verification).compactMap { header in
      for placeholder in placeholders {
        guard let range = header.template.utf8Range(of: placeholder) else { continue }
        let lead = header.template.utf8.prefix(range.lowerBound)
        return (header.name.lowercased(), String(lead) ?? "")
      }
      return nil
    }
  }

  /// Which half of a user name and password pair the field is; nil when it is neither.
  var half: Half? {
    switch Field.words(field.id.name) {
    case " username ", " user ", " client id ": .user
    case " password ", " client secret ": .password
    default: nil
    }
  }

  enum Half { case user, password }

  /// Whether a repair would spoil what was fine before it.
  func spoils(_ before: RawSpan, _ after: RawSpan) -> Bool {
    if after.byteCount == 0 || (rules.accept(before) == true && rules.accept(after) != true) {
      return true
    }
    // A key file may look like other things that come along: its braces, a sign of `=` at the end of its Base64.
    return isMultiline && KeyFileKind.isWhole(before)
      && KeyFileKind.all(in: after) != KeyFileKind.all(in: before)
  }

  /// Whether the provider's own example begins like this, so that it belongs to the value.
  func belongsToValue(_ lead: String) -> Bool {
    field.example?.lowercased().hasPrefix(lead.lowercased()) ?? false
  }
}

extension String {
  /// The range, in UTF-8 offsets, of the first occurrence of a text.
  func utf8Range(of text: String) -> Range<Int>? {
    let (all, part) = (Array(utf8), Array(text.utf8))
    guard !part.isEmpty, part.count <= all.count else { return nil }
    for start in 0...all.count - part.count where all[start..<start + part.count] == part[...] {
      return start..<start + part.count
    }
    return nil
  }
}
