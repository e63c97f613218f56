internal import Basics
internal import CLinux
internal import Secrets

/// The file that comes of a template.
struct TemplateTarget {
  let path: String

  init(path: String) throws(CommandError) {
    self.path = path
    guard !path.hasPrefix("/dev/"), !path.hasPrefix("/proc/") else {
      throw .usage(
        Explanation(
          what: "\(path) is not written", why: "--output replaces a file as a whole",
          advice: "name a file, or - for standard output"))
    }
    // Whether it can be written is said before anything else is done for it.
    _ = try WholeFile(path, for: .owner)
  }

  /// Nobody means to lose the template.
  func refuse(_ template: String) throws(CommandError) {
    guard let own = try? FileStatus(of: template, in: AT_FDCWD, followsLink: true),
      let old = try? FileStatus(of: path, in: AT_FDCWD), own.inode == old.inode,
      FilePath.canonical(template) == FilePath.canonical(path)
    else { return }
    throw .usage(
      Explanation(
        what: "\(path) is the template itself", why: "it would be lost",
        advice: "name another file with --output"))
  }

  func write(_ text: borrowing SecretBuffer) throws(CommandError) {
    let file = try WholeFile(path, for: .owner)
    let isOpen = file.isTooOpen
    let isThere = text.withBytes { file.holds($0) }
    if isThere {
      Console.line("\(path) is unchanged.")
      return
    }
    try text.withBytes { bytes throws(CommandError) in try file.write(bytes) }
    Console.line("Wrote \(path).")
    if isOpen { ErrorPrinter.note("\(path) could be read by others before; now by you alone") }
  }
}
