internal import Basics
package import Drafts
internal import ProviderFormat
package import Secrets

extension SubmissionFile {
  /// The values in the form that `read` takes, on one line: what `usher get --json` prints. Nil when it would be longer
  /// than a file may be.
  package static func write(_ values: borrowing SecretValues) -> SecretBuffer? {
    var json = SecretJSONWriter(escaping: .display)
    json.beginObject()
    let fields = values.keys
    for scope in Field.Scope.allCases where fields.contains(where: { $0.scope == scope }) {
      json.key(scope.submissionKey)
      json.beginObject()
      for id in fields where id.scope == scope {
        json.key(id.name)
        values.withBytes(of: id) { json.string($0) }
      }
      json.endObject()
    }
    json.endObject()
    return json.finish()
  }
}
