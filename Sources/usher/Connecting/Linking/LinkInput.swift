internal import Basics
internal import CLinux
internal import Glibc
internal import ProviderFormat
internal import Requests
internal import Secrets

/// Where a link without hands is told what it needs: the file of `--from`, and the line that answers the provider's
/// question. With `--from -` both come by standard input, the line behind the object.
struct LinkInput: ~Copyable {
  private let path: String
  private var standardInput = PipedInput(STDIN_FILENO)

  /// - Parameter path: `-` is standard input.
  init(_ path: String) { self.path = path }

  private var name: String { path == "-" ? "standard input" : path }

  /// What the link is made with.
  mutating func file(for form: Form) throws -> LinkFile {
    let object: SecretBuffer?
    do throws(SystemError) {
      if path == "-" {
        object = try standardInput.object()
      } else {
        let file = try FileDescriptor.open(path, O_RDONLY)
        var input = PipedInput(file.number)
        object = try input.object()
      }
    } catch {
      throw CommandError.failed(
        Explanation(
          what: "cannot read \(name)", why: error.reason,
          advice: "give a file that you may read, or - for standard input"))
    }
    switch consume object {
    case .some(let object): return try object.withBytes { try LinkFile.read($0, for: form) }
    case nil:
      throw CommandError.failed(
        Explanation(
          what: "\(name) holds no whole JSON object",
          why: "an account that takes a person's consent is linked with named values",
          advice:
            #"write {"client_id": "…", "client_secret": "…"}, or {} with a stored application"#))
    }
  }

  /// - Throws: where the answer would be typed: a terminal cuts long lines, and shows them.
  func requireAnswerByPipe() throws(CommandError) {
    guard isatty(STDIN_FILENO) == 1 else { return }
    throw .usage(
      Explanation(
        what: "the provider's answer is not read from a terminal here",
        why: "a terminal cuts lines that are as long, and shows them",
        advice: "give it by a pipe, or leave out --from: the wizard asks for it"))
  }

  /// The line that holds the address that the browser ended on.
  mutating func answer() throws -> SecretBuffer {
    let line: SecretBuffer?
    do throws(SystemError) {
      line = try standardInput.line(limit: CallbackReader.limit)
    } catch {
      throw CommandError.failed(
        Explanation(what: "cannot read standard input", why: error.reason))
    }
    switch consume line {
    case .some(let line): return line
    case nil:
      throw CommandError.failed(
        Explanation(
          what: "no answer came by standard input",
          why:
            "the line with the address that the browser ends on is missing, or longer than 16 kB",
          advice: "open the address that was printed, agree, and hand that line in"))
    }
  }
}
