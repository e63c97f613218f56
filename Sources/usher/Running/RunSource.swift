internal import Connections
internal import ProviderFormat
internal import Secrets

/// A connection whose values `run` hands over.
struct RunSource {
  let name: ConnectionName
  /// What was written for it on the command line.
  var words: [String]
  let provider: Provider
  /// What can have a variable: the access token of a mode that has one, then the values.
  let fields: [Field.ID]
  /// Those that have one although nobody names them.
  private let usualFields: Set<Field.ID>
  /// The variables that a project's file gives.
  var declared: [Field.ID: String] = [:]

  init(_ record: borrowing ConnectionRecord, words: [String]) {
    name = record.facts.name
    self.words = words
    provider = record.provider
    fields = record.provider.scriptFields(stored: record.values.keys)
    usualFields = Set(record.provider.usualScriptFields(stored: record.values.keys))
  }

  /// Nil for a field that is handed over only where somebody names it.
  func usualName(of field: Field.ID) -> String? {
    usualFields.contains(field) ? provider.variableName(for: field) : nil
  }

  /// A variable that is free: connection and field in its name, the section too where one connection has both.
  func ownName(of field: Field.ID, besides used: Set<String>) -> String {
    let isClear = fields.count { $0.name == field.name } == 1
    let parts = isClear ? [field.name] : [field.scope.submissionKey, field.name]
    let own = VariableName.joining([provider.slug, name.name] + parts)
    var candidate = own
    var number = 2
    while used.contains(candidate) {
      candidate = "\(own)_\(number)"
      number += 1
    }
    return candidate
  }

  /// How a field is named among the others of the connection: without its section where that is clear.
  func shortest(_ field: Field.ID) -> String {
    fields.count { $0.name == field.name } == 1 ? field.name : field.description
  }
}
