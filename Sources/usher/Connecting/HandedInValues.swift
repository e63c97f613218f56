internal import Basics
internal import CLinux
internal import Credentials
internal import Glibc
internal import Guides
internal import Secrets

/// The values of `--from`: read straight into locked memory.
enum HandedInValues {
  static func read(from path: String, for form: Form) throws -> SecretValues {
    var text = SecretBuffer(capacity: SecretBuffer.fileCapacity)
    if path == "-" {
      try read(descriptor: STDIN_FILENO, named: "standard input", into: &text)
    } else {
      let descriptor = unsafe linux_open(path, O_RDONLY | O_CLOEXEC, 0)
      guard descriptor >= 0 else {
        throw CommandError.failed(
          Explanation(
            what: "cannot read \(path)", why: SystemFailure(code: linux_errno()).reason,
            advice: "give a JSON file that you may read, or - for standard input"))
      }
      defer { close(descriptor) }
      try read(descriptor: descriptor, named: path, into: &text)
    }
    return try SubmissionFile.read(text, for: form)
  }

  private static func read(
    descriptor: Int32, named name: String, into text: inout SecretBuffer
  ) throws {
    guard try text.read(from: descriptor) else {
      throw CommandError.failed(
        Explanation(
          what: "\(name) is longer than 1 MiB",
          why: "values are kept in locked memory, which is limited",
          advice: "hand in the values of one connection only"))
    }
  }
}
