internal import Basics
internal import Glibc

/// A session whose user has no other business on the machine: the forced command of sshd, or a login shell.
enum Kiosk {
  /// Whether a command line asks for it.
  static func isAsked(by arguments: [String]) -> Bool { arguments.contains("--kiosk") }

  /// What a client may have sent, or an account's own files have set, is left behind: proxies, places of authorities and
  /// terminals, settings of this program, whatever a library may look for. Only while there is one thread.
  static func leaveSurroundings() {
    for name in Environment.current().variables.keys where !kept.contains(name) {
      unsafe unsetenv(name)
    }
    unsafe setenv("PATH", "/usr/bin:/bin", 1)
    // Where things are kept is known from here on, and ncurses finds no terminals of the account's own.
    _ = Settings.current
    unsafe unsetenv("HOME")
  }

  /// What the terminal is, what it shows, and who came from where. sshd says itself what `HOME` and `LOGNAME` are.
  private static let kept: Set<String> = [
    "TERM", "LANG", "LC_ALL", "LC_CTYPE", "NO_COLOR", "ACCESSIBLE", "SSH_CONNECTION",
    "SSH_ORIGINAL_COMMAND", "HOME", "LOGNAME", Threads.poolLog,
  ]
}
