internal import Connections
internal import ProviderFormat
internal import Secrets

/// Which value of a connection a word on the command line means.
struct FieldLookup {
  let connection: ConnectionName
  let fields: [Field.ID]
  /// The fields that are masked on screen: without a word, the only one of them is meant.
  let masked: [Field.ID]

  init(record: borrowing ConnectionRecord) {
    connection = record.facts.name
    fields = record.values.keys
    let form = Form(provider: record.provider, guide: nil)
    let present = record.values.keys
    masked = form.fields.filter { $0.isMasked && present.contains($0.id) }.map(\.id)
  }

  /// `credentials.apiKey`, or `apiKey` where only one scope has it; nothing at all means the only secret.
  func resolve(_ text: String?) throws(CommandError) -> Field.ID {
    guard let text else {
      if fields.count == 1 { return fields[0] }
      if masked.count == 1 { return masked[0] }
      throw error(for: "")
    }
    if let id = Field.ID(text), fields.contains(id) { return id }
    let named = fields.filter { $0.name == text }
    guard named.count == 1 else { throw error(for: text, known: named.isEmpty ? fields : named) }
    return named[0]
  }

  /// - Parameter known: the fields that can have been meant.
  private func error(for text: String, known: [Field.ID]? = nil) -> CommandError {
    .noField(connection: connection, text: text, known: known ?? fields)
  }
}
