internal import Basics
internal import Catalogues
internal import GuideFetching

/// What became of each page, in words and as JSON.
struct FetchWords {
  private let report: FetchReport
  private let folder: FetchedFolder
  /// Slugs without an entry in any source.
  private let withoutEntry: [String]

  init(_ report: FetchReport, folder: FetchedFolder) {
    self.report = report
    self.folder = folder
    let catalogue = CatalogueSources.catalogue(adding: nil, fetched: folder.path)
    withoutEntry = report.pages.map(\.slug).filter { catalogue.entry($0) == nil }
  }

  /// One line for each page that is told of, then what all of it comes to.
  var text: String {
    var lines: [String] = []
    for page in report.pages {
      switch page.outcome {
      case .failed(let sentence): lines.append("\(page.slug): \(sentence) (\(page.address))")
      case .planned: lines.append("\(page.slug): \(page.address)")
      case .changed: lines.append("\(page.slug): changed")
      case .new, .unchanged: break
      }
    }
    return (lines + [summary] + notes).joined(separator: "\n")
  }

  private var summary: String {
    let planned = report.count { $0 == .planned }
    if planned > 0 || report.pages.isEmpty {
      return report.pages.isEmpty
        ? "None of the \(report.listed) pages of the index fits."
        : "\(planned) of the \(report.listed) pages of the index would be fetched into \(folder.path)."
    }
    let parts = [
      (report.count { $0 == .new }, "new"), (report.count { $0 == .changed }, "changed"),
      (report.count { $0 == .unchanged }, "as before"), (report.failures, "not to be had"),
    ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    return "\(report.pages.count) pages in \(folder.path): \(parts.joined(separator: ", "))."
  }

  private var notes: [String] {
    var notes: [String] = []
    if report.elsewhere > 0 {
      notes.append("\(report.elsewhere) pages stand on other sites and were left out.")
    }
    if !withoutEntry.isEmpty {
      let names = withoutEntry.prefix(3).joined(separator: ", ")
      let more = withoutEntry.count > 3 ? " and \(withoutEntry.count - 3) more" : ""
      notes.append(
        "No provider's entry is known for \(names)\(more): their guides can be read and not linked "
          + "with; --providers FILE adds the entries.")
    }
    return notes
  }

  var json: Value {
    let unknown = Set(withoutEntry)
    return .map([
      ("folder", .string(folder.path)), ("listed", .int(report.listed)),
      ("elsewhere", .int(report.elsewhere)),
      ("pages", .list(report.pages.map { json($0, hasEntry: !unknown.contains($0.slug)) })),
    ])
  }

  private func json(_ page: FetchReport.Page, hasEntry: Bool) -> Value {
    let outcome: String
    var reason: String?
    switch page.outcome {
    case .new: outcome = "new"
    case .changed: outcome = "changed"
    case .unchanged: outcome = "unchanged"
    case .planned: outcome = "planned"
    case .failed(let sentence): (outcome, reason) = ("failed", sentence)
    }
    return .map([
      ("slug", .string(page.slug)), ("title", .string(page.title)),
      ("address", .string(page.address)), ("file", .string(page.file)),
      ("outcome", .string(outcome)), ("reason", .optional(reason)),
      ("has_entry", .bool(hasEntry)),
    ])
  }
}
