internal import Basics
internal import Glibc

/// A text file that did not exist before, for everybody to read. Nothing that is there is ever overwritten.
struct NewFile {
  let path: String
  /// What to do where something has the name.
  private let whereTaken: String
  /// What to do where it cannot be written.
  private let whereRefused: String

  init(_ path: String, whereTaken: String, whereRefused: String) {
    self.path = path
    self.whereTaken = whereTaken
    self.whereRefused = whereRefused
  }

  func write(_ text: String) throws(CommandError) {
    // O_EXCL: also a file that came to be a moment ago is left alone, and no link is followed.
    do throws(SystemError) {
      let file = try FileDescriptor.open(path, O_WRONLY | O_CREAT | O_EXCL, mode: 0o644)
      // The process keeps what it makes to itself otherwise.
      guard fchmod(file.number, 0o644) == 0 else { throw .last }
      try text.withBytes { text throws(SystemError) in try file.write(text) }
    } catch {
      if error.code == EEXIST { throw exists }
      throw .failed(
        Explanation(what: "cannot write \(path)", why: error.reason, advice: whereRefused))
    }
  }

  var exists: CommandError {
    .failed(
      Explanation(
        what: "\(path) is there already", why: "what somebody wrote is never overwritten",
        advice: whereTaken))
  }
}
