internal import Basics
internal import Glibc
internal import GuideText
internal import ProviderFormat

/// Finds out why a folder gives nothing, or not a provider although it has something under that name.
struct FolderProblem {
  /// The folder as it was given.
  let path: String
  let layout: FolderLayout

  /// Why nothing can be found in the folder; nil where its providers can be listed.
  var findingOfFolder: GuideFinding? {
    // What has one file for all, or is a provider's own, is reached by name and need not be listed.
    guard layout == .missing || layout == .folders else { return nil }
    do throws(SystemError) {
      _ = try FileDescriptor.open(directory: path)
      return nil
    } catch {
      let (message, advice) =
        switch error.code {
        case ENOENT: ("the folder does not exist", "check the path")
        case ENOTDIR: ("this is not a folder", "name the folder that has the providers")
        case EACCES, EPERM: (FolderProblem.forbidden, FolderProblem.permission)
        default: ("the folder cannot be opened: \(error.reason)", "check the path")
        }
      return GuideFinding(severity: .error, file: path, line: 0, message: message, advice: advice)
    }
  }

  /// The worst that is to be said of the provider's files; nil when the folder has none of that name, or when nothing is
  /// wrong with them.
  func finding(of slug: String) -> GuideFinding? {
    switch layout {
    case .missing: nil
    case .repository(let file): inRepository(slug, "\(path)/\(file)")
    case .provider, .folders: layout.place(of: slug).flatMap { inFolder(slug, "\(path)/\($0)") }
    }
  }

  private func inFolder(_ slug: String, _ folder: String) -> GuideFinding? {
    for name in FolderLayout.providerNames(slug) where GuideFile.exists(folder + name) {
      return ProviderFile.entry(of: slug, inFile: folder + name).findings.worst
    }
    guard GuideFile.isDirectory(folder) else {
      // A folder that may not be looked into hides what is in it.
      return GuideFile.names(in: path) == nil ? forbidden(path) : nil
    }
    guard let names = GuideFile.names(in: folder) else { return forbidden(folder) }
    // A guide alone is a guide for another source's provider.
    guard let odd = names.first(where: { $0.hasSuffix(".yml") || $0.hasSuffix(".yaml") }) else {
      return nil
    }
    return GuideFinding(
      severity: .error, file: folder + odd, line: 0,
      message: "a provider's file is not called \(odd)", advice: "rename it to provider.yaml")
  }

  private func forbidden(_ folder: String) -> GuideFinding? {
    let name = folder.hasSuffix("/") ? String(folder.dropLast()) : folder
    return GuideFinding(
      severity: .error, file: name, line: 0, message: FolderProblem.forbidden,
      advice: FolderProblem.permission)
  }

  private static let forbidden = "this account may not look into the folder"
  private static let permission = "change its permissions"

  /// The entry's own part where the file has parts; else the file as a whole.
  private func inRepository(_ slug: String, _ file: String) -> GuideFinding? {
    let bytes: [UInt8]
    do throws(GuideFile.Problem) {
      bytes = try GuideFile.read(file, limit: ProviderFileParts.sizeLimit)
    } catch {
      return error.finding(file: file)
    }
    if let parts = ProviderFileParts(bytes)?.parts {
      guard let part = parts.first(where: { $0.slug == slug }) else { return nil }
      var reader = EntryReader(
        file: file, part: { name in parts.first { $0.slug == name } }, bytes: { Array(bytes[$0]) })
      do throws(EntryReader.Problem) {
        _ = try reader.entry(of: part)
        return reader.findings.worst
      } catch {
        if case .unreadable(let finding) = error { return finding }
      }
    }
    let whole = ProviderFile(bytes, file: file)
    let isMentioned = whole.findings.filter { $0.message.contains("\"\(slug)\"") }
    return isMentioned.worst ?? (whole.entries.isEmpty ? whole.findings.worst : nil)
  }
}

extension [GuideFinding] {
  /// The first error.
  fileprivate var worst: GuideFinding? { first { $0.severity == .error } }
}
