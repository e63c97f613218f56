internal import Basics
internal import FileTemplates
internal import Glibc
internal import Secrets

/// The text of a template: a file, or standard input.
struct TemplateText {
  /// `-` is standard input.
  let path: String

  /// What it is called in sentences.
  var name: String { path == "-" ? "standard input" : path }

  func read() throws -> FileTemplate {
    let file = path == "-" ? nil : try open()
    let text: SecretBuffer?
    do throws(SystemError) {
      switch file {
      case .some(let file):
        text = try SecretBuffer.reading(file.number, limit: FileTemplate.limit)
      case nil: text = try SecretBuffer.reading(STDIN_FILENO, limit: FileTemplate.limit)
      }
    } catch {
      throw CommandError.failed(
        Explanation(
          what: "cannot read \(name)", why: error.reason,
          advice: "give a template, or - for standard input"))
    }
    guard let text else {
      throw CommandError.failed(
        Explanation(
          what: "\(name) is longer than 1 MiB", why: "no configuration file is",
          advice: "make several files of it"))
    }
    return FileTemplate(try text.asUTF8().withBytes { $0.copied() })
  }

  /// Not only a regular file: a shell hands in what a command prints as a pipe.
  private func open() throws(CommandError) -> FileDescriptor {
    do throws(SystemError) {
      return try FileDescriptor.open(path, O_RDONLY)
    } catch {
      throw .failed(
        Explanation(
          what: "cannot read \(path)", why: error.reason,
          advice: "give a template, or - for standard input"))
    }
  }
}
