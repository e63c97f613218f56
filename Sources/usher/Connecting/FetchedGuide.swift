internal import Basics
internal import Catalogues
internal import Checking
internal import GuideFetching
internal import Onboarding
internal import ProviderFormat

/// The guide of a provider that was fetched from a documentation site.
struct FetchedGuide {
  private let slug: String
  private let folder: FetchedFolder
  private let page: FetchRecord.Page

  /// Nil for a guide that was not fetched.
  init?(of provider: Provider, in catalogue: Catalogue) {
    guard let path = catalogue.guideFile(of: provider) else { return nil }
    // Where the folder's own pages begin is known by its record: other folders may be called `docs` too.
    var start = 0
    while let docs = path.withBytes({ $0.firstOffset(of: "/docs/".utf8, from: start) }) {
      start = docs + 1
      let folder = FetchedFolder(path.withBytes { $0.shownText(0..<docs) })
      let file = path.withBytes { $0.shownText(start..<$0.byteCount) }
      guard let page = FetchRecord(of: folder.path)?.page(in: file) else { continue }
      (self.folder, self.page, slug) = (folder, page, provider.slug)
      return
    }
    return nil
  }

  /// For the wizard's first page.
  var source: GuideSource {
    let now = Timestamp.now()
    let days = Settings.current.guideDays
    let age = now.secondsSinceEpoch - page.fetched.secondsSinceEpoch
    return GuideSource(
      site: page.host, age: page.fetched.relative(to: now),
      isOld: days > 0 && age >= Int64(days) * 86_400)
  }

  /// Asks the site for it again, and keeps what comes.
  func refresh(_ options: CheckOptions) async -> GuideNews {
    let report: FetchReport
    do throws(FetchError) {
      report = try await GuideFetcher(options: options).update(folder) { $0.file == page.file }
    } catch {
      let explanation = error.explanation
      return .failed("\(explanation.what): \(explanation.why ?? "").")
    }
    switch report.pages.first?.outcome {
    case .failed(let sentence): return .failed(sentence)
    case .changed, .new: return .changed(folder.changes(of: page.file, slug: slug) ?? [])
    case .unchanged, .planned, nil: return .unchanged
    }
  }
}
