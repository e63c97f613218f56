internal import Basics
internal import CLinux
internal import Connections

/// Why a file or a directory is not used as it is: ssh's rules for keys, and for the same reason.
enum PermissionError {
  static func owner(_ path: String, _ status: FileStatus) -> StoreError {
    .permissions(
      Explanation(
        what: "\(path) is not used",
        why: "it belongs to user \(status.owner), and you are user \(geteuid())",
        advice: geteuid() == 0
          ? "run usher as its owner, without sudo" : "choose another place with --store"))
  }

  static func mode(_ path: String, _ status: FileStatus, wanted: String) -> StoreError {
    .permissions(
      Explanation(
        what: "\(path) is not used", why: "its mode \(status.modeText) lets others in",
        advice: "if you trust what it holds: chmod \(wanted) \(path)"))
  }

  static func links(_ path: String) -> StoreError {
    .permissions(
      Explanation(
        what: "\(path) is not used",
        why: "it has a second name (hard link) through which it could be exchanged",
        advice: "copy it to a new file and put that in its place"))
  }

  static func kind(_ path: String, _ status: FileStatus, advice: String) -> StoreError {
    let kind =
      switch status.kind {
      case .link: "a symbolic link"
      case .directory: "a directory"
      case .file, .other: "not a regular file"
      }
    return .permissions(
      Explanation(what: "\(path) is not used", why: "it is \(kind)", advice: advice))
  }
}
