internal import Basics
internal import CLinux
internal import Connections

/// Why a file or a directory is not used as it is: ssh's rules for keys, and for the same reason.
enum PermissionError {
  /// What it belongs to: how another one is named on the command line.
  enum Subject {
    case store, configuration, identity

    fileprivate func another(than path: String) -> String {
      switch self {
      case .store: "choose another place with --store"
      case .configuration: "give it to yourself, or choose another place with XDG_CONFIG_HOME"
      case .identity: "name another with --identity, or hand it in: --identity-fd 3 3< \(path)"
      }
    }
  }

  static func owner(_ path: String, _ status: FileStatus, of subject: Subject) -> StoreError {
    .permissions(
      Explanation(
        what: "\(path) is not used",
        why: "it belongs to user \(status.owner), and you are user \(geteuid())",
        advice: geteuid() == 0
          ? "run usher as its owner, without sudo" : subject.another(than: path)))
  }

  static func mode(
    _ path: String, _ status: FileStatus, wanted: String, of subject: Subject
  ) -> StoreError {
    let handing =
      switch subject {
      case .store, .configuration: ""
      // Where the mode is not ours to choose, as in mounted secrets.
      case .identity: "; or hand it in: --identity-fd 3 3< \(path)"
      }
    return .permissions(
      Explanation(
        what: "\(path) is not used", why: "its mode \(status.modeText) lets others in",
        advice: "if you trust what it holds: chmod \(wanted) \(path)\(handing)"))
  }

  static func links(_ path: String) -> StoreError {
    .permissions(
      Explanation(
        what: "\(path) is not written to",
        why: "it has a second name (hard link), and both would change",
        advice: "give it one name: cp -p \(path) \(path).new && mv \(path).new \(path)"))
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
