internal import Basics
internal import Checking
internal import GuideText
internal import ProviderFormat

extension GuideFetcher {
  private static let providersLimit = 16 * 1024 * 1024

  /// Puts the entries of providers into a folder of fetched guides, in place of those that were there.
  /// - Parameter name: the address of a `providers.yaml`, or the path of one.
  /// - Throws: when it cannot be had or holds no entry; what was there is as it was.
  package func saveProviders(_ name: String, in folder: FetchedFolder) async throws(FetchError) {
    let bytes: [UInt8]
    if name.contains("://") {
      guard let address = WebAddress(name) else {
        throw .source(
          Explanation(what: "\(name) is no web address", advice: "give it as https://…"))
      }
      bytes = try await download(address, limit: Self.providersLimit)
    } else {
      bytes = try Self.file(name)
    }
    let file = ProviderFile(bytes, file: name)
    guard !file.entries.isEmpty else {
      throw .source(
        Explanation(
          what: "\(name) holds no provider's entry",
          why: file.findings.first { $0.severity == .error }?.message,
          advice: "an entry is a name, a colon, and its keys on the lines below"))
    }
    do throws(FetchedFolder.Failure) {
      try folder.write(providers: bytes)
    } catch {
      throw .folder(error.explanation)
    }
  }

  private static func file(_ path: String) throws(FetchError) -> [UInt8] {
    do throws(GuideFile.Problem) {
      return try GuideFile.read(path, limit: providersLimit)
    } catch {
      let finding = error.finding(file: path)
      throw .source(
        Explanation(what: "cannot read \(path)", why: finding.message, advice: finding.advice))
    }
  }
}
