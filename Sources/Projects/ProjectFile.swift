internal import Basics
internal import Glibc
package import GuideText
internal import ProviderFormat

/// A project's file as far as it could be understood, with what is wrong with it so far: more may come to light where it
/// is held against providers, and all of it is told together.
package struct ProjectFile {
  /// Larger files are not read, in bytes: a thousand connections need a fifth of it.
  private static let sizeLimit = 1024 * 1024

  /// What was understood. Not to be acted on where `findings` has anything.
  package let project: Project
  /// In no order.
  package let findings: [GuideFinding]

  /// Reads the file that was named, or the usual one of the working directory.
  /// - Parameter path: nil for the usual one. Folders above are not looked in: a file that nobody meant would ask for
  ///   secrets.
  /// - Throws: `.wrong` where it is not even YAML.
  package init(reading path: String?) throws(ProjectError) {
    let file = path ?? Project.fileName
    let bytes: [UInt8]?
    do throws(RegularFile.Problem) {
      bytes = try RegularFile(file).bytes(limit: ProjectFile.sizeLimit)
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
  /// - Throws: `.wrong` where it is not even YAML.
  package init(_ bytes: [UInt8], file: String) throws(ProjectError) {
    let document: YAMLReader.Result
    do throws(GuideFinding) {
      document = try YAMLReader.read(bytes, file: file)
    } catch {
      throw .wrong(file, [error])
    }
    var reader = ProjectReader(file: file)
    let (guides, needs) = reader.read(document.value, line: document.line)
    project = Project(file: file, guides: guides, needs: needs)
    findings = document.findings + reader.findings
  }

  /// The project, where nothing is wrong.
  /// - Parameter more: what was found besides.
  /// - Throws: `.wrong` with all of it, in the order of the lines.
  package func sound(besides more: [GuideFinding] = []) throws(ProjectError) -> Project {
    let all = findings + more
    guard all.isEmpty else { throw .wrong(project.file, all.sorted { $0.line < $1.line }) }
    return project
  }
}
