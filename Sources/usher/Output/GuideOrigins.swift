internal import Basics
internal import Catalogues
internal import GuideFetching
internal import ProviderFormat

/// Where entries and their guides come from, in words. The record of a fetched folder is read once.
final class GuideOrigins {
  private let now: Timestamp
  /// By folder; nil for one that nothing was fetched into.
  private var records: [String: FetchRecord?] = [:]

  init(now: Timestamp = .now()) { self.now = now }

  /// The page that was fetched for an entry; nil when its guide is from elsewhere.
  func page(of entry: CatalogueEntry) -> FetchRecord.Page? {
    guard case .folder(let path) = entry.origin else { return nil }
    return record(of: path)?.page(of: entry.slug)
  }

  private func record(of folder: String) -> FetchRecord? {
    if let known = records[folder] { return known }
    let record = FetchRecord(of: folder)
    records[folder] = .some(record)
    return record
  }

  private func words(of page: FetchRecord.Page) -> String {
    "\(page.host), fetched \(page.fetched.relative(to: now))"
  }

  /// The same of a guide without an entry: the site, or the file.
  func text(of path: GuidePath) -> String {
    let folder = String(path.path.dropLast(path.relativePath.count + 1))
    return record(of: folder)?.page(in: path.relativePath).map(words) ?? path.path
  }

  /// `built in`, the folder, or the site and how long ago its page was fetched; and whose entry of the same name it
  /// stands in place of.
  func text(of entry: CatalogueEntry) -> String {
    let own = page(of: entry).map(words) ?? entry.origin.text
    guard !entry.shadowed.isEmpty else { return own }
    return "\(own), in place of \(entry.shadowed.map(\.text).joined(separator: " and "))"
  }
}
