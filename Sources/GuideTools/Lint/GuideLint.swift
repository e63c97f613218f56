internal import Catalogues
package import GuideText
package import ProviderFormat

/// Looks for mistakes in providers and guides that somebody wrote, so that they come to light before a person meets
/// them in the wizard. Every finding is a sentence with a line and something to do about it.
package enum GuideLint {
  /// Checks what is at a path: a folder of providers in any of the accepted layouts, one provider's folder, one
  /// provider file, one guide, or one file of scopes. What belongs to a single file is looked for beside it.
  package static func findings(at path: String) -> [GuideFinding] {
    if GuideFile.isDirectory(path) || !GuideFile.exists(path) { return findings(inFolder: path) }
    if path.split(separator: "/").last.map(String.init) == ScopesFile.name {
      return ScopesLint.findings(inFile: path, slugs: nil)
    }
    return LintedFile(path).findings()
  }

  /// Checks all providers and guides of a folder. Of two providers that share lines, as an alias does with its target,
  /// each mistake is told once.
  static func findings(inFolder path: String) -> [GuideFinding] {
    let catalogue = Catalogue(sources: [.namedFolder(path)])
    var findings = catalogue.findings
    var read: Set<String> = []
    for entry in catalogue.entries {
      guard let provider = catalogue.provider(entry.slug) else { continue }
      let file = catalogue.file(of: provider) ?? path
      let guide = catalogue.guidePath(for: provider).flatMap { LintedGuide($0.path, provider.slug) }
      if let guide { read.insert(guide.path) }
      findings += self.findings(for: provider, with: guide, file: file)
    }
    for guide in catalogue.guideFiles() where !read.contains(guide.path.path) {
      findings += LintedGuide(guide.path.path, guide.path.slug)?.findings() ?? []
    }
    let slugs = Set(catalogue.entries.map(\.slug))
    let scopes = "\(path)/\(FolderLayout(of: path).scopesFile)"
    if GuideFile.exists(scopes) { findings += ScopesLint.findings(inFile: scopes, slugs: slugs) }
    return findings.withoutRepetitions
  }

  /// Checks one provider with its guide.
  ///
  /// - Parameter file: what findings call the provider's file.
  static func findings(
    for provider: Provider, with guide: LintedGuide?, file: String
  ) -> [GuideFinding] {
    findings(for: provider, guide: guide?.guide, file: file) + (guide?.textFindings() ?? [])
  }

  /// Checks one provider and whether its guide fits it. The guide's own findings, which its reader had, are included.
  package static func findings(
    for provider: Provider, guide: Guide?, file: String
  ) -> [GuideFinding] {
    var report = LintReport(file: file)
    EntryLint.check(provider, &report)
    let declarations = FieldDeclarations(provider)
    for field in provider.fields { FieldLint.check(field, of: provider, declarations, &report) }
    FormLint.check(provider, declarations, &report)
    TemplateLint.check(provider, &report)
    AddressLint.check(provider, declarations, &report)
    UnusedFieldLint.check(provider, &report)
    UsherLint.check(provider, &report)
    if let guide { GuideFitLint.check(provider, guide, &report) }
    return report.findings + (guide?.findings ?? [])
  }
}

extension [GuideFinding] {
  fileprivate var withoutRepetitions: [GuideFinding] {
    var seen: Set<[String]> = []
    return filter { seen.insert([$0.file, String($0.line), $0.message]).inserted }
  }
}
