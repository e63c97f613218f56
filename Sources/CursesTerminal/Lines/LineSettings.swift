internal import CLinux
internal import Glibc

/// The line settings of a terminal: those found, and those to read a line with.
struct LineSettings {
  private var found = termios()

  init(of tty: borrowing Tty) {
    unsafe tcgetattr(tty.output, &found)
  }

  /// Every byte as it comes: no echo, no line editing, no signals from keys, no flow control, and Enter as it was sent, so
  /// that CR LF can be told from an empty line. Output stays as it is.
  func makeRaw(_ tty: borrowing Tty) {
    var ours = found
    ours.c_lflag &= ~tcflag_t(ICANON | ECHO | ECHONL | ISIG | IEXTEN)
    ours.c_iflag &= ~tcflag_t(IXON | ISTRIP | ICRNL | INLCR | IGNCR)
    unsafe tcsetattr(tty.output, TCSANOW, &ours)
  }

  func giveBack(_ tty: borrowing Tty) {
    var found = found
    unsafe tcsetattr(tty.output, TCSANOW, &found)
  }
}
