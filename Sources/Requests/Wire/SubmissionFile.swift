internal import Basics
package import Drafts
package import ProviderFormat
package import Secrets

/// The values for `usher connect --from`: `{"credentials":{"apiKey":"…"},"params":{"region":"eu"}}`, with the members
/// `assertion_option` and `integration_config` where a provider has such fields. The entry's own word
/// `connection_config` is read as `params`.
package enum SubmissionFile {
  /// Reads the values that the file holds. Numbers and truth values count as their text, null as no value.
  package static func read(
    _ file: borrowing SecretBuffer, for form: Form
  ) throws(SubmissionFileError) -> SecretValues {
    try file.withBytes { text throws(SubmissionFileError) -> SecretValues in
      try readValues(of: text, for: form, besides: [])
    }
  }

  /// The members of one of many connections that are none of its values.
  private static let nameMembers = ["provider", "name", "expires"]

  /// Reads the values of one of many connections: `{"provider":"tally","name":"work","credentials":{…}}`, with the member
  /// `expires` where it is known when they end.
  package static func readValues(
    of text: RawSpan, for form: Form
  ) throws(SubmissionFileError) -> SecretValues {
    try readValues(of: text, for: form, besides: nameMembers)
  }

  /// Whose connection one of many is: its provider, and its name where it has one; and when its values end, where that is
  /// said, as it is written. Null counts as nothing.
  package static func names(
    in text: RawSpan
  ) throws(SubmissionFileError) -> (provider: String?, name: String?, expires: String?) {
    var found: [String: String] = [:]
    var failure: SubmissionFileError?
    var reader = JSONReader()
    do throws(JSONError) {
      try reader.object(text) { member, reader throws(JSONError) in
        guard nameMembers.contains(member) else {
          _ = try reader.skip(text)
          return
        }
        switch try reader.kind(text) {
        case .string: found[member] = try reader.plainString(text)
        case .null: try reader.skip(text)
        case .number, .bool, .object, .array:
          failure = .notTextMember(member)
          throw reader.failure(.notAString)
        }
      }
      try reader.end(text)
    } catch {
      throw failure ?? .notJSON(error.message)
    }
    return (found["provider"], found["name"], found["expires"])
  }

  private static func readValues(
    of text: RawSpan, for form: Form, besides others: [String]
  ) throws(SubmissionFileError) -> SecretValues {
    var reading = Reading(form: form, besides: others)
    var reader = JSONReader()
    do throws(JSONError) {
      try reader.object(text) { member, reader throws(JSONError) in
        if others.contains(member) {
          _ = try reader.skip(text)
          return
        }
        try reading.readScope(member, text, &reader)
      }
      try reader.end(text)
    } catch {
      throw reading.failure ?? .notJSON(error.message)
    }
    return reading.finish()
  }

  /// Whether a text is meant to be such a file: a JSON object with a member that is a section. What follows may still be
  /// wrong.
  package static func isWritten(in text: RawSpan) -> Bool {
    var (reader, isSection) = (JSONReader(), false)
    try? reader.object(text) { member, reader throws(JSONError) in
      if scope(of: member) != nil { isSection = true }
      try reader.skip(text)
    }
    return isSection
  }

  static func scope(of member: String) -> Field.Scope? {
    Field.Scope.allCases.first { $0.submissionKey == member || $0.rawValue == member }
  }

  /// The sections as they are read, in whatever stands around them.
  struct Reading: ~Copyable {
    let form: Form
    var failure: SubmissionFileError?
    private var values = SecretValues()
    /// What may stand beside the sections, for the error that names them.
    private let others: [String]

    init(form: Form, besides others: [String] = []) {
      self.form = form
      self.others = others
    }

    consuming func finish() -> SecretValues { values }

    mutating func readScope(
      _ member: String, _ text: RawSpan, _ reader: inout JSONReader
    ) throws(JSONError) {
      guard let scope = SubmissionFile.scope(of: member) else {
        let field = form.fields.first { $0.isPrompted && $0.id.name == member }?.id
        failure = .unknownSection(member, known: knownScopes, field: field)
        throw reader.failure(.unexpected)
      }
      try reader.object(text) { name, reader throws(JSONError) in
        try readField(id(scope, name), text, &reader)
      }
    }

    /// An application's two fields have other names in most files.
    private func id(_ scope: Field.Scope, _ name: String) -> Field.ID {
      let id = Field.ID(scope, name)
      guard scope == .credentials, !form.provider.authMode.isFormBased,
        let own = AuthModeRules.clientAliases[name], !form.fields.contains(where: { $0.id == id })
      else { return id }
      return Field.ID(.credentials, own)
    }

    private mutating func readField(
      _ id: Field.ID, _ text: RawSpan, _ reader: inout JSONReader
    ) throws(JSONError) {
      guard let field = form.fields.first(where: { $0.id == id })?.field else {
        failure = .unknownField(id, known: form.fields.filter(\.isPrompted).map(\.id))
        throw reader.failure(.unexpected)
      }
      try readValue(id, capacity: field.capacity, text, &reader)
    }

    /// - Parameter capacity: in bytes, the most that the value may have.
    mutating func readValue(
      _ id: Field.ID, capacity: Int, _ text: RawSpan, _ reader: inout JSONReader
    ) throws(JSONError) {
      switch try reader.kind(text) {
      case .string:
        let value = try reader.string(text)
        guard value.count <= capacity else {
          failure = .tooLong(id, limit: capacity)
          throw reader.failure(.tooLong)
        }
        values.set(id, to: value)
      case .number, .bool:
        values.set(id, to: SecretBuffer(copying: text.extracting(try reader.skip(text))))
      case .null: try reader.skip(text)
      case .object, .array:
        failure = .notText(id)
        throw reader.failure(.notAString)
      }
    }

    private var knownScopes: [String] {
      Field.Scope.allCases.filter { scope in form.fields.contains { $0.id.scope == scope } }
        .map(\.submissionKey) + others
    }
  }
}
