internal import Basics
package import Drafts
internal import ProviderFormat
package import Secrets

/// A submission on its way to the check's own process:
/// `{"slug":"tally","origin":"built_in","entry":{…},"fields":{"credentials.apiKey":"…"}}`.
extension Submission {
  /// The submission as JSON; empty only if it were longer than `JSONLimits.members.bytes`.
  package borrowing func encoded() -> SecretBuffer {
    var json = SecretJSONWriter()
    json.beginObject()
    json.member("slug", provider.slug)
    json.member("origin", provider.origin.wireText)
    json.key("entry")
    json.raw(Value.map(provider.entry).json)
    json.key("fields")
    values.write(to: &json)
    json.endObject()
    return json.finish() ?? SecretBuffer(capacity: 1)
  }

  /// Reads what `encoded` writes.
  package init(decoding bytes: borrowing SecretBuffer) throws(WireError) {
    self = try bytes.withBytes { text throws(WireError) -> Submission in
      var parts = Parts()
      var reader = JSONReader()
      do throws(JSONError) {
        try reader.object(text) { member, reader throws(JSONError) in
          try parts.read(member, text, &reader)
        }
        try reader.end(text)
      } catch {
        throw .unreadable(error.message)
      }
      return try parts.submission()
    }
  }

  private struct Parts: ~Copyable {
    private var slug: String?
    private var origin: Provider.Origin?
    private var entry: Value.Map?
    private var values: SecretValues?

    mutating func read(
      _ member: String, _ text: RawSpan, _ reader: inout JSONReader
    ) throws(JSONError) {
      switch member {
      case "slug": slug = try reader.plainString(text)
      case "origin": origin = Provider.Origin(wireText: try reader.plainString(text))
      case "entry": entry = (try? Value(json: text.extracting(try reader.skip(text))))?.map
      case "fields": values = try SecretValues.read(text, &reader)
      default: throw reader.failure(.unexpected)
      }
    }

    consuming func submission() throws(WireError) -> Submission {
      guard let slug, let origin, let entry else { throw .unreadable("a member is missing") }
      guard let values = values.take() else { throw .unreadable("the values are missing") }
      return Submission(
        provider: Provider(slug: slug, entry: entry, origin: origin), values: values)
    }
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
