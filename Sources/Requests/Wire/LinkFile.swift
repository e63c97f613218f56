internal import Basics
package import Drafts
package import ProviderFormat
package import Secrets

/// What `usher connect --from` is given for an account that takes a person's consent: the sections of `SubmissionFile`,
/// and beside them what the link itself needs.
///
///     {"client_id":"…","client_secret":"…","scopes":["repo"],"refresh_token":"…","app":"work",
///      "params":{"subdomain":"acme"}}
package struct LinkFile: ~Copyable, Sendable {
  /// The application's identifier and secret among them.
  package var values: SecretValues
  /// A list, or a text with blanks or commas between; nil where the file has none.
  package let scopes: Scopes?
  /// Where no browser is needed, because somebody has one already.
  package var refreshToken: SecretBuffer?
  /// The name of an application that is kept, or is to be kept under it.
  package let application: String?
  /// Of several accounts in which an application is installed, the one that is meant.
  package let installation: Int64?

  private enum Member: String, CaseIterable {
    case scopes, app, installation
    case refreshToken = "refresh_token"
  }

  /// Reads one JSON object.
  package static func read(
    _ text: RawSpan, for form: Form
  ) throws(SubmissionFileError) -> LinkFile {
    let names = Member.allCases.map(\.rawValue) + ["client_id", "client_secret"]
    var reading = SubmissionFile.Reading(form: form, besides: names)
    var members = Members()
    var reader = JSONReader()
    do throws(JSONError) {
      try reader.object(text) { name, reader throws(JSONError) in
        if let field = AuthModeRules.clientAliases[name] {
          let id = Field.ID(.credentials, field)
          let known = form.fields.first { $0.id == id }?.field
          try reading.readValue(
            id, capacity: known?.capacity ?? SecretBuffer.lineCapacity, text, &reader)
        } else if let member = Member(rawValue: name) {
          try members.read(member, text, &reader)
        } else {
          try reading.readScope(name, text, &reader)
        }
      }
      try reader.end(text)
    } catch {
      throw reading.failure ?? .notJSON(error.message)
    }
    let (scopes, application) = (members.scopes, members.application)
    return LinkFile(
      values: reading.finish(), scopes: scopes, refreshToken: members.refreshToken.take(),
      application: application, installation: members.installation)
  }

  private struct Members: ~Copyable {
    var scopes: Scopes?
    var refreshToken: SecretBuffer?
    var application: String?
    var installation: Int64?

    mutating func read(
      _ member: Member, _ text: RawSpan, _ reader: inout JSONReader
    ) throws(JSONError) {
      if try reader.kind(text) == .null {
        try reader.skip(text)
        return
      }
      switch member {
      case .scopes: scopes = try Self.scopes(text, &reader)
      case .refreshToken:
        let token = try reader.string(text)
        guard !token.isEmpty else { throw reader.failure(.unexpected) }
        refreshToken = .some(token)
      case .app: application = try reader.plainString(text)
      case .installation: installation = try reader.integer(text)
      }
    }

    private static func scopes(
      _ text: RawSpan, _ reader: inout JSONReader
    ) throws(JSONError) -> Scopes {
      guard try reader.kind(text) == .array else {
        return Scopes(text: try reader.plainString(text))
      }
      var names: [String] = []
      try reader.array(text) { reader throws(JSONError) in
        names.append(try reader.plainString(text))
      }
      return Scopes(names)
    }
  }
}
