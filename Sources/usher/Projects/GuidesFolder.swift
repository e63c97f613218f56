internal import Basics
internal import Glibc
internal import GuideText
internal import Projects

/// The folder of guides that a project brings along: whoever can write there decides what the wizard tells people to do,
/// and where their keys go.
struct GuidesFolder {
  private let guides: Project.Guides

  init(_ guides: Project.Guides) { self.guides = guides }

  /// Why it is not used; nil where nothing speaks against it.
  func finding(in file: String) -> GuideFinding? {
    let path = guides.path
    guard let status = try? FileStatus(of: path, in: AT_FDCWD, followsLink: true) else {
      return finding(
        file, "the folder of guides \(path) does not exist", "it is looked for beside this file")
    }
    guard status.kind == .directory else {
      return finding(file, "the guides \(path) are no folder", "name the folder that has them")
    }
    // A group of one's own lets nobody else in: many accounts have one, and make folders for it.
    let isOpen = status.mode & 0o002 != 0
    let isOpenToGroup = status.mode & 0o020 != 0 && status.group != getegid()
    guard !isOpen, !isOpenToGroup else {
      return finding(
        file,
        "the folder of guides \(path) is not used: its mode \(status.modeText) lets others in",
        "if you trust what it holds: chmod go-w \(ShellWord.quoted(path))")
    }
    return nil
  }

  private func finding(_ file: String, _ message: String, _ advice: String?) -> GuideFinding {
    GuideFinding(
      severity: .error, file: file, line: guides.line, message: message, advice: advice)
  }
}
