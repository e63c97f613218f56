internal import GuideText
internal import ProviderFormat

/// Something that has read files and has to say something about them.
protocol FindingSource {
  /// What was odd about the files read so far.
  var findings: [GuideFinding] { get }
}

/// A place that providers come from. Reads as little as a question needs, and keeps what it has read.
protocol ProviderSource: FindingSource {
  /// All providers here, compiled.
  mutating func listed() -> MergedProviders.Source
  mutating func provider(_ slug: String) -> Provider?
  /// What is wrong with the files of a provider that this source does not give; nil when it has none of that name.
  mutating func problem(with slug: String) -> GuideFinding?
  /// Where the guide of a provider stands, or nil. The provider may come from another source.
  mutating func guidePath(for provider: Provider) -> GuidePath?
  /// Every guide here, also those that no provider uses.
  mutating func guidePaths() -> [GuidePath]
  mutating func guideBytes(at path: GuidePath) -> [UInt8]?
  /// The rights that a provider knows; nil where this source does not say.
  mutating func scopes(of slug: String) -> [String]?
}

/// Where a guide was found, and by what.
package struct GuidePath: Equatable {
  /// The entry's `docs_connect`, or the folder's name.
  package enum FoundBy: String {
    case docsConnect = "docs_connect"
    /// The folder, or the file, of the provider's name.
    case slug
  }

  /// For findings and for reading, as the source understands it.
  package let path: String
  /// The path inside of the source.
  package let relativePath: String
  /// What led to the file.
  package let foundBy: FoundBy

  /// The slug that the guide's place gives it: its folder's name, else its own.
  package var slug: String {
    let parts = relativePath.split(separator: "/").map(String.init)
    if parts.count > 1 { return parts[parts.count - 2] }
    let folder = path.split(separator: "/").dropLast().last.map(String.init)
    let name = (parts.last ?? "").split(separator: ".").first.map(String.init)
    return folder ?? name ?? ""
  }
}
