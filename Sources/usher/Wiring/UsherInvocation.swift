internal import Basics
internal import CLinux
internal import Store

/// How this program is started by others so that it finds the same store.
struct UsherInvocation {
  /// Absolute.
  let program: String
  /// Which store and identity; empty where the settings there mean the same.
  let options: [String]
  /// Which authorities a provider's certificate is checked with; empty where the settings there say it.
  let networkOptions: [String]
  /// The account that the store belongs to.
  let user: UInt32
  /// What is to be known of it where it is started, in a sentence.
  let note: String?

  /// - Parameter settings: those that hold where it is started.
  /// - Throws: for an identity that cannot be had there.
  init(_ store: StoreOptions, among settings: Settings) throws {
    let location = try store.location()
    let usual = try StoreLocation(settings.storeChoice, in: settings.surroundings)
    var options = location.argument == usual.argument ? [] : ["--store", location.argument]
    if let user = location.team?.user { throw UsherInvocation.unasked(user) }
    if case .descriptor = location.identity { throw UsherInvocation.readOnce }
    if location.identity != usual.identity {
      options += try UsherInvocation.options(for: location.identity)
    }
    let authority = Settings.current.certificateAuthority.map {
      FilePath.absolute($0, in: Settings.current.surroundings.workingDirectory)
    }
    let networkOptions =
      authority == settings.certificateAuthority ? [] : authority.map { ["--ca", $0] } ?? []
    let program = FilePath.canonical("/proc/self/exe")
    let words = [program] + options + networkOptions
    guard words.allSatisfy({ !$0.utf8.contains { $0 < 0x20 || $0 == 0x7F } }) else {
      throw CommandError.failed(
        Explanation(
          what: "the store cannot be named in a unit", why: "its path has a control character",
          advice: "move it"))
    }
    self.options = options
    self.networkOptions = networkOptions
    self.program = program
    user = geteuid()
    note =
      if case .command(let words) = location.identity {
        "the identity comes from \(words.first ?? ""): in a service it runs without a terminal and cannot ask"
      } else { nil }
  }

  /// What a service of this account has: its home, and nothing that a login or a shell has set.
  static func serviceSettings() -> Settings {
    let user = geteuid()
    return Settings(
      StoreEnvironment(
        variables: [:], userID: user, accountHome: AccountDatabase.home(of: user),
        workingDirectory: "/"))
  }

  private static let readOnce = CommandError.usage(
    Explanation(
      what: "a service cannot have the identity of --identity-fd",
      why: "a file descriptor is read once",
      advice: "name a file with --identity, or leave it out for the usual one"))

  private static func unasked(_ user: String) -> CommandError {
    .usage(
      Explanation(
        what: "a service cannot give the password of \(user)",
        why: "nobody is there to be asked when it starts",
        advice: "leave the user out of the address, and let the servers ask for a certificate: "
          + "cert=FILE&key=FILE"))
  }

  private static func options(for identity: IdentitySource) throws(CommandError) -> [String] {
    switch identity {
    case .file(let path), .standard(let path): return ["--identity", path]
    case .descriptor: throw readOnce
    case .credential:
      throw .usage(
        Explanation(
          what: "another service cannot have the identity that systemd has handed to this one",
          why: "it goes when this one stops", advice: "name a file with --identity"))
    case .command(let words):
      // An option has its words with blanks between.
      guard words.allSatisfy({ !$0.isEmpty && !$0.contains(where: \.isWhitespace) }) else {
        throw .usage(
          Explanation(
            what: "the service would not find the identity command",
            why:
              "it stands in a config.yaml that a service does not read, and has words with blanks",
            advice: "put it in /etc/usher/config.yaml, or name a file with --identity"))
      }
      return ["--identity-command", words.joined(separator: " ")]
    }
  }

  /// A line of `ExecStart=`.
  func execStart(_ words: [String], asksProvider: Bool) -> String {
    ([program] + words + options + (asksProvider ? networkOptions : []))
      .map(SystemdText.commandWord).joined(separator: " ")
  }

  /// A command to copy.
  func command(_ words: [String]) -> String {
    (["usher"] + words + options).map(ShellWord.quoted).joined(separator: " ")
  }
}
