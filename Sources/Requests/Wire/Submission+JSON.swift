package import Basics
package import Drafts
internal import ProviderFormat
package import Secrets

/// A submission on its way to the check's own process:
/// `{"slug":"tally","origin":"built_in","entry":{…},"fields":{"credentials.apiKey":"…"}}`.
extension Submission {
  /// Writes the values straight into the writer's locked memory; nothing of them is a `String` on the way.
  package borrowing func write(to json: inout SecretJSONWriter) {
    json.beginObject()
    json.member("slug", provider.slug)
    json.member("origin", provider.origin.wireText)
    json.key("entry")
    json.write(.map(provider.entry))
    json.key("fields")
    values.write(to: &json)
    json.endObject()
  }

  /// Reads what `write` writes; nil when a word is unknown or a member is missing.
  package static func read(
    _ text: RawSpan, _ reader: inout JSONReader
  ) throws(JSONError) -> Submission? {
    var slug: String?
    var origin: Provider.Origin?
    var entry: Value.Map?
    var values: SecretValues?
    try reader.object(text) { member, reader throws(JSONError) in
      switch member {
      case "slug": slug = try reader.plainString(text)
      case "origin": origin = Provider.Origin(wireText: try reader.plainString(text))
      case "entry": entry = try Value(text, &reader).map
      case "fields": values = try SecretValues.read(text, &reader)
      default: throw reader.failure(.unexpected)
      }
    }
    guard let slug, let origin, let entry, let values = values.take() else { return nil }
    return Submission(
      provider: Provider(slug: slug, entry: entry, origin: origin), values: values)
  }
}

extension Provider.Origin {
  /// The origin travels along because the network rules depend on it.
  fileprivate var wireText: String {
    switch self {
    case .builtIn: "built_in"
    case .record: "record"
    case .folder(let path): "folder:\(path)"
    }
  }

  fileprivate init?(wireText: String) {
    switch wireText {
    case "built_in": self = .builtIn
    case "record": self = .record
    default:
      guard wireText.hasPrefix("folder:") else { return nil }
      self = .folder(String(wireText.dropFirst("folder:".count)))
    }
  }
}
