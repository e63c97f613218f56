internal import Basics
internal import Catalogues
internal import GuideText
internal import ProviderFormat

/// A single file to be checked: a provider's, or a guide's.
struct LintedFile {
  private let path: String
  private let folder: String
  private let name: String

  init(_ path: String) {
    self.path = path
    let parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    name = parts.last ?? path
    folder = parts.count > 1 ? parts.dropLast().joined(separator: "/") : "."
  }

  func findings() -> [GuideFinding] {
    switch name.split(separator: ".").last {
    case "md", "mdx", "markdown": guideFindings()
    default: providerFindings()
    }
  }

  /// The name before the dot; for the names that every provider's file may have, the folder's.
  private var slug: String {
    let stem = name.split(separator: ".").first.map(String.init) ?? name
    guard ["provider", "guide", "connect"].contains(stem) else { return stem }
    let parts = folder.split(separator: "/").filter { $0 != "." }
    return parts.last.map(String.init) ?? stem
  }

  private func providerFindings() -> [GuideFinding] {
    let file: ProviderFile
    do throws(GuideFile.Problem) {
      let bytes = try GuideFile.read(path, limit: YAMLReader.sizeLimit)
      file = ProviderFile(bytes, file: path, single: slug)
    } catch {
      return [error.finding(file: path)]
    }
    let guides = file.entries.count == 1 ? FolderLayout.guideNames(slug) : []
    let guide = guides.map { "\(folder)/\($0)" }.first(where: GuideFile.exists)
    return file.findings
      + file.entries.flatMap { entry in
        let provider = Provider(
          slug: entry.slug, entry: entry.entry, origin: .folder(folder), line: entry.line)
        return GuideLint.findings(
          for: provider, with: guide.flatMap { LintedGuide($0, entry.slug) }, file: path)
      }
  }

  /// The guide's own findings. Of its provider only what concerns the guide: it has a file of its own to be checked.
  private func guideFindings() -> [GuideFinding] {
    let guide: LintedGuide
    do throws(GuideFile.Problem) {
      let bytes = try GuideFile.read(path, limit: Guide.sizeLimit * 2)
      guide = LintedGuide(bytes, path: path, slug: slug)
    } catch {
      return [error.finding(file: path)]
    }
    guard let (provider, file) = provider() else { return guide.findings() }
    var report = LintReport(file: file)
    GuideFitLint.check(provider, guide.guide, &report)
    return report.findings + guide.findings()
  }

  /// The provider that the guide belongs to: from beside it, or from the checkout that it lies in.
  private func provider() -> (provider: Provider, file: String)? {
    var candidates = FolderLayout.providerNames(slug).map { "\(folder)/\($0)" }
    var parent = folder[...]
    while let slash = parent.lastIndex(of: "/") {
      parent = parent[..<slash]
      candidates.append("\(parent)/\(FolderLayout.repositoryFile)")
    }
    for candidate in candidates where GuideFile.exists(candidate) {
      guard let bytes = try? GuideFile.read(candidate, limit: YAMLReader.sizeLimit) else {
        continue
      }
      let file = ProviderFile(bytes, file: candidate, single: slug)
      guard let entry = file.entries.first(where: { $0.slug == slug }) else { continue }
      return (
        Provider(slug: slug, entry: entry.entry, origin: .folder(folder), line: entry.line),
        candidate
      )
    }
    return nil
  }
}
