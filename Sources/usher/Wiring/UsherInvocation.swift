internal import Basics
internal import CLinux
internal import Store

/// How this program is started by others so that it finds the same store.
struct UsherInvocation {
  /// Absolute.
  let program: String
  /// Which store and identity; empty where the usual ones are meant.
  let options: [String]
  /// The account that the store belongs to.
  let user: UInt32

  /// - Throws: for an identity that can be read once only.
  init(_ store: StoreOptions, in environment: Environment) throws {
    let location = try store.location()
    if case .descriptor = location.identity {
      throw CommandError.usage(
        Explanation(
          what: "a service cannot have the identity of --identity-fd",
          why: "a file descriptor is read once",
          advice: "name a file with --identity, or leave it out for the usual one"))
    }
    // What a service has of the environment.
    let home = environment["HOME"].map { ["HOME": $0] } ?? [:]
    let usual = try StoreLocation(in: StoreEnvironment(variables: home))
    var options: [String] = []
    if location.path != usual.path { options += ["--store", location.path] }
    switch location.identity {
    case .file(let path): options += ["--identity", path]
    case .standard(let path):
      if usual.identity != location.identity { options += ["--identity", path] }
    case .command(let words):
      // Words with blanks stand in the configuration file alone, where the service finds them too.
      if !words.contains(where: { $0.contains(where: \.isWhitespace) }) {
        options += ["--identity-command", words.joined(separator: " ")]
      }
    case .credential, .descriptor: break
    }
    let program = FilePath.canonical("/proc/self/exe")
    guard ([program] + options).allSatisfy({ !$0.utf8.contains { $0 < 0x20 || $0 == 0x7F } }) else {
      throw CommandError.failed(
        Explanation(
          what: "the store cannot be named in a unit", why: "its path has a control character",
          advice: "move it"))
    }
    self.options = options
    self.program = program
    user = geteuid()
  }

  /// A line of `ExecStart=`.
  func execStart(_ words: [String]) -> String {
    ([program] + words + options).map(SystemdText.commandWord).joined(separator: " ")
  }

  /// A command to copy.
  func command(_ words: [String]) -> String {
    (["usher"] + words + options).map(ShellWord.quoted).joined(separator: " ")
  }
}
