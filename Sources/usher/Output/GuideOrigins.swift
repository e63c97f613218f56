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
    if let known = records[path] { return known?.page(of: entry.slug) }
    let record = FetchRecord(of: path)
    records[path] = .some(record)
    return record?.page(of: entry.slug)
  }

  /// The same of a guide without an entry: the site, or the file.
  func text(of path: GuidePath) -> String {
    let folder = String(path.path.dropLast(path.relativePath.count + 1))
    let record = records[folder] ?? FetchRecord(of: folder)
    records[folder] = .some(record)
    guard let page = record?.page(in: path.relativePath) else { return path.path }
    return "\(page.host), fetched \(page.fetched.relative(to: now))"
  }

  /// `built in`, the folder, or the site and how long ago its page was fetched; and whose entry of the same name it
  /// stands in place of.
  func text(of entry: CatalogueEntry) -> String {
    let own = text(of: entry.origin, page(of: entry))
    guard !entry.shadowed.isEmpty else { return own }
    return "\(own), in place of \(entry.shadowed.map(\.text).joined(separator: " and "))"
  }

  private func text(of origin: Provider.Origin, _ page: FetchRecord.Page?) -> String {
    guard let page else { return origin.text }
    return "\(page.host), fetched \(page.fetched.relative(to: now))"
  }
}
