internal import Basics
internal import ProviderFormat

/// Format, choices and pattern: what the provider's entry says a value has to look like.
extension FieldRules {
  func wrongFormat(_ bytes: RawSpan) -> Finding? {
    guard let format = field.format, !format.accepts(bytes) else { return nil }
    return Finding(
      kind: .format(format), severity: contradicts.isOfFormat ? .warning : .overridable,
      sentence: format.complaint(bytes))
  }

  func wrongChoice(_ bytes: RawSpan) -> Finding? {
    guard !field.choices.isEmpty, !field.choices.contains(where: { bytes.equals($0.utf8) }) else {
      return nil
    }
    return Finding(
      kind: .choice, severity: .refusal,
      sentence: "\(name) has to be one of: \(field.choices.joined(separator: ", ")).")
  }

  /// Nothing was typed and something is needed. Of a default that was taken out it says what it was.
  func missing(_ asked: FormField) -> Finding {
    let usual = asked.initial.isEmpty || asked.isMasked ? "" : "; it is usually \(asked.initial)"
    return Finding(kind: .missing, severity: .refusal, sentence: "\(name) is needed\(usual).")
  }

  /// Says what is different where the pattern tells it, and shows the example where it does not.
  func wrongPattern(_ bytes: RawSpan, _ accepted: Bool?) -> Finding? {
    guard accepted == false else { return nil }
    return Finding(kind: .pattern, severity: patternSeverity, sentence: patternComplaint(bytes))
  }

  func skippedPattern(_ accepted: Bool?) -> Finding? {
    guard field.pattern != nil, accepted == nil else { return nil }
    let reason = pattern == nil ? "is not valid" : "takes too long on a value like this"
    return Finding(
      kind: .patternSkipped, severity: .warning,
      sentence: "The form of this value cannot be checked: the provider's rule for it \(reason).")
  }

  func advisory(_ bytes: RawSpan) -> Finding? {
    guard let text = field.warnings.first(where: { bytes.equals($0.key.utf8) })?.value else {
      return nil
    }
    return Finding(kind: .advisory, severity: .warning, sentence: text)
  }

  private func patternComplaint(_ bytes: RawSpan) -> String {
    let count = bytes.scalarCount
    if contradicts.isOfPattern {
      return
        "This does not have the form that the provider's entry gives for \(name), which the entry's "
        + "own example does not have either."
    }
    if let analysis {
      if !analysis.literalPrefix.isEmpty, !bytes.has(analysis.literalPrefix.utf8) {
        return "\(name) begins with \(analysis.literalPrefix), and this does not."
      }
      if let longest = analysis.longest, count > longest || count < analysis.shortest {
        let wanted =
          longest == analysis.shortest ? "\(longest)" : "\(analysis.shortest) to \(longest)"
        return "This has \(characters(count)); \(name) has \(wanted)."
      }
      if count < analysis.shortest {
        return "This has \(characters(count)); \(name) has at least \(analysis.shortest)."
      }
    }
    if let example = field.example, !example.isEmpty, example.utf8.count <= 80 {
      return "This does not have the form of \(name), which is like \(example)."
    }
    return "This does not have the form of \(name)."
  }

  private func characters(_ count: Int) -> String {
    count == 1 ? "1 character" : "\(count) characters"
  }
}

extension Field.Format {
  fileprivate func complaint(_ bytes: RawSpan) -> String {
    switch self {
    case .hostname:
      "A host name has only letters, digits, dots and hyphens, without https:// and without a path."
    case .uuid where bytes.hasFormOfUUID:
      "This is written like a UUID, but its 13th or 17th digit names a version or variant that RFC 9562 "
        + "does not know."
    case .uuid:
      "This has to be a UUID: 32 hexadecimal digits in five groups, 8-4-4-4-12."
    case .email: "This is not an e-mail address."
    case .uri: "This has to be a whole web address that begins with https://."
    }
  }
}
