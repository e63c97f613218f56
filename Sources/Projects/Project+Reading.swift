internal import Basics
internal import Connections
internal import Glibc
package import GuideText
package import ProviderFormat

extension Project {
  /// Larger files are not read, in bytes: a thousand connections need a fifth of it.
  private static let sizeLimit = 1024 * 1024

  /// Reads the file that was named, or the usual one of the working directory.
  /// - Parameter path: nil for the usual one. Folders above are not looked in: a file that nobody meant would ask for
  ///   secrets.
  package init(reading path: String?) throws(ProjectError) {
    let file = path ?? Project.fileName
    let bytes: [UInt8]?
    do throws(RegularFile.Problem) {
      bytes = try RegularFile(file).bytes(limit: Project.sizeLimit)
    } catch {
      switch error {
      case .system(let failure) where failure.code == ENOENT:
        throw .missing(file, isNamed: path != nil)
      case .system(let failure): throw .unreadable(file, reason: failure.reason)
      case .notAFile: throw .unreadable(file, reason: "it is no file")
      }
    }
    guard let bytes else { throw .unreadable(file, reason: "it is larger than 1 MiB") }
    try self.init(bytes, file: file)
  }

  /// - Parameter file: its path, which the guides' folder is relative to.
  package init(_ bytes: [UInt8], file: String) throws(ProjectError) {
    let document: YAMLReader.Result
    do throws(GuideFinding) {
      document = try YAMLReader.read(bytes, file: file)
    } catch {
      throw .wrong(file, [error])
    }
    var reader = ProjectReader(file: file)
    let (guides, needs) = reader.read(document.value, line: document.line)
    let findings = document.findings + reader.findings
    guard findings.isEmpty else {
      throw .wrong(file, findings.sorted { $0.line < $1.line })
    }
    self.init(file: file, guides: guides, needs: needs)
  }

  /// What only the providers' entries tell: fields that there are not.
  /// - Parameter fields: what can have a variable of a connection; nil where its provider is not known.
  package func findings(knowing fields: (Need) -> [Field.ID]?) -> [GuideFinding] {
    needs.flatMap { need -> [GuideFinding] in
      guard let known = fields(need) else { return [] }
      return need.variables.compactMap { finding($0, of: need, known) }
    }
  }

  private func finding(
    _ variable: Variable, of need: Need, _ known: [Field.ID]
  ) -> GuideFinding? {
    let meant = Field.ID.named(variable.field, among: known)
    if meant.count == 1 { return nil }
    let advice =
      meant.isEmpty
      ? Field.ID.meant(by: variable.field, among: known).map { "did you mean \($0.name)?" }
        ?? "it has \(known.map(\.name).joined(separator: ", "))"
      : "give the whole name: \(meant.map(\.description).joined(separator: ", "))"
    return GuideFinding(
      severity: .error, file: file, line: variable.line,
      message: meant.isEmpty
        ? "\(need.name.provider) has no field \(variable.field)"
        : "\(need.name.provider) has more than one field \(variable.field)",
      advice: advice)
  }
}
