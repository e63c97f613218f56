internal import GuideText
internal import ProviderFormat

/// A guide's file, read for the lint: as a guide, and as lines.
struct LintedGuide {
  let path: String
  let guide: Guide
  private let bytes: [UInt8]

  /// Nil when the file cannot be read, which the catalogue reports.
  init?(_ path: String, _ slug: String) {
    guard let bytes = try? GuideFile.read(path, limit: Guide.sizeLimit * 2) else { return nil }
    self.init(bytes, path: path, slug: slug)
  }

  init(_ bytes: [UInt8], path: String, slug: String) {
    self.bytes = bytes
    self.path = path
    guide = Guide(slug: slug, markdown: bytes, file: path)
  }

  /// What the reader found, and what its lines show.
  func findings() -> [GuideFinding] { guide.findings + textFindings() }

  func textFindings() -> [GuideFinding] {
    var report = LintReport(file: path)
    GuideTextLint.check(bytes, guide, &report)
    return report.findings
  }
}
