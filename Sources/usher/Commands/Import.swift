internal import ArgumentParser
internal import Basics

/// `usher import`
struct Import: UsherCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Take in what usher export has written: a backup, or one connection.",
    discussion: """
      Armored or not, of this machine or another one. Created, account, checks, end and history stay as they were. What is \
      here already with the same values is left as it is; another of the same name too, unless --replace puts the one of the \
      file in its place (usher replace NAME --undo takes that back). What was left out is named, and the exit code is then 1.

      FILE opens with the store's identity, or with the one that --identity names. On a machine without a store the first \
      import makes store and identity. Ctrl-C ends it with 130; the same command goes on. Anybody can seal a file for you: \
      import what you have from somebody you trust, and look with --dry-run before.

      EXAMPLES
        usher import backup.age
        usher import backup.age --identity /media/offline/identity.txt
        usher import backup.age --dry-run
        ssh vault cat usher.age | usher import -
        usher import tally.age --replace
      """)

  @Argument(
    help: ArgumentHelp("The file; - is standard input.", valueName: "file"), completion: .file())
  var file: String
  @Flag(help: "Put what the file holds in place of others of the same names.") var replace = false
  @Flag(name: .customLong("dry-run"), help: "Only say what would become of each.")
  var dryRun = false
  @Flag(help: "Print JSON.") var json = false
  /// The identity is what opens FILE; what opens the store itself is left to the settings. The two are seldom the same, for a
  /// backup comes from elsewhere.
  @OptionGroup var store: StoreOptions

  func perform() throws -> ExitCode { try BackupImport(options: self).perform() }
}
