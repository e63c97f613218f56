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
      return switch error.code {
      case ENOENT: problem(path, "the folder does not exist", "check the path")
      case ENOTDIR: problem(path, "this is not a folder", "name the folder that has the providers")
      case EACCES, EPERM: forbidden(path)
      default: problem(path, "the folder cannot be opened: \(error.reason)", "check the path")
      }
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
    // A folder that may not be looked into hides what is in it.
    guard GuideFile.isDirectory(folder) else { return findingOfFolder }
    guard let names = GuideFile.names(in: folder) else { return forbidden(folder) }
    // A guide alone is a guide for another source's provider.
    guard let odd = names.first(where: { $0.hasSuffix(".yml") || $0.hasSuffix(".yaml") }) else {
      return nil
    }
    return problem(
      folder + odd, "a provider's file is not called \(odd)", "rename it to provider.yaml")
  }

  private func forbidden(_ folder: String) -> GuideFinding {
    let name = folder.hasSuffix("/") ? String(folder.dropLast()) : folder
    return problem(name, "this account may not look into the folder", "change its permissions")
  }

  private func problem(_ file: String, _ message: String, _ advice: String) -> GuideFinding {
    GuideFinding(severity: .error, file: file, line: 0, message: message, advice: advice)
  }

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
