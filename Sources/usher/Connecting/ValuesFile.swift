internal import Basics
internal import CLinux
internal import Drafts
internal import Glibc
internal import ProviderFormat
internal import Requests
internal import Secrets

/// The values of `--from`: read straight into locked memory.
enum ValuesFile {
  static func read(from path: String, for form: Form) throws -> SecretValues {
    var text = SecretBuffer(capacity: SecretBuffer.fileCapacity)
    if path == "-" {
      try read(descriptor: STDIN_FILENO, named: "standard input", into: &text)
    } else {
      let file = try open(path)
      try read(descriptor: file.number, named: path, into: &text)
    }
    return try SubmissionFile.read(text, for: form)
  }

  /// Not only a regular file: a shell hands in what a command prints as a pipe.
  private static func open(_ path: String) throws(CommandError) -> FileDescriptor {
    do throws(SystemError) {
      return try FileDescriptor.open(path, O_RDONLY)
    } catch {
      throw .failed(
        Explanation(
          what: "cannot read \(path)", why: error.reason,
          advice: "give a JSON file that you may read, or - for standard input"))
    }
  }

  private static func read(
    descriptor: Int32, named name: String, into text: inout SecretBuffer
  ) throws {
    let isWhole: Bool
    do {
      isWhole = try text.read(from: descriptor)
    } catch {
      throw CommandError.failed(
        Explanation(
          what: "cannot read \(name)", why: error.reason,
          advice: "give a JSON file that you may read, or - for standard input"))
    }
    guard isWhole else {
      throw CommandError.failed(
        Explanation(
          what: "\(name) is longer than 1 MiB",
          why: "values are kept in locked memory, which is limited",
          advice: "hand in the values of one connection only"))
    }
  }
}
