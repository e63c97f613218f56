internal import Basics
internal import GuideText
internal import ProviderFormat

/// Looks for mistakes in a file of the rights that providers know.
enum ScopesLint {
  /// - Parameter slugs: the providers that are known beside the file; nil where it is looked at alone.
  static func findings(inFile file: String, slugs: Set<String>?) -> [GuideFinding] {
    let bytes: [UInt8]
    do throws(GuideFile.Problem) {
      bytes = try GuideFile.read(file, limit: ScopesFile.sizeLimit)
    } catch {
      return [error.finding(file: file)]
    }
    let (lists, findings) = ScopesFile.lists(of: bytes, file: file)
    var report = LintReport(file: file)
    for list in lists {
      if let slugs, !slugs.contains(list.slug) {
        report.note(
          "no provider \"\(list.slug)\" lies beside its scopes", line: list.line,
          advice: SpellingSuggestion.of(list.slug, in: slugs).map { "did you mean \"\($0)\"?" })
      }
      // They are parted by blanks or commas where they are typed and where they are asked for.
      for scope in list.scopes where scope.contains(where: { $0.isWhitespace || $0 == "," }) {
        report.warning(
          "\"\(scope)\" of \"\(list.slug)\" is not the name of one scope", line: list.line,
          advice: "write each on a line of its own")
      }
    }
    return findings + report.findings
  }
}
