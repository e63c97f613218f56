internal import Basics
internal import Glibc
internal import ProviderFormat
internal import Requests
internal import Secrets

/// What is sent along, opened as soon as the command line is read: whoever sends it inherits where it comes from, so it stays
/// open until that is done.
struct BodyInput: ~Copyable {
  private enum Source: ~Copyable {
    case none
    case content(SendOnceBox<SecretBuffer>)
    case file(OpenFile)
    case form(FormUpload)
  }

  /// A file of `--body-file`, or standard input.
  private struct OpenFile: ~Copyable {
    /// Nil for standard input, which is not ours to close.
    let file: FileDescriptor?
    let number: Int32
    /// In bytes, of a file from where it stands; nil of anything else.
    let length: Int64?

    init(_ file: consuming FileDescriptor?, number: Int32) {
      let status = try? FileStatus(descriptor: number)
      let place = status?.kind == .file ? lseek(number, 0, SEEK_CUR) : -1
      length = status.flatMap { place < 0 ? nil : max(0, $0.size - Int64(place)) }
      self.file = file
      self.number = number
    }
  }

  private let source: Source

  /// Opens what the options name.
  /// - Parameter headers: the caller's; the content type decides how a form is written.
  init(_ command: RequestCommand, headers: [APICall.Header]) throws(CommandError) {
    if let data = command.data {
      source = .content(SendOnceBox(try BodyInput.content(of: data)))
    } else if let path = command.bodyFile {
      source = .file(try BodyInput.open(path))
    } else if !command.fields.isEmpty {
      source = .form(try FormUpload(command.fields, headers: headers))
    } else {
      source = .none
    }
  }

  /// What is read while the request is sent; nil where all of it is told with the request.
  var descriptor: Int32? {
    switch source {
    case .none: nil
    case .content: nil
    case .file(let file): file.number
    case .form(let form): form.descriptor
    }
  }

  /// Headers that are the body's own affair: a form with files has a boundary that nobody else knows.
  var replacedHeaders: Set<String> {
    switch source {
    case .none: []
    case .content: []
    case .file: []
    case .form(let form): form.isMultipart ? ["content-type"] : []
    }
  }

  /// The body of a request to a provider, once.
  /// - Parameter type: the content type that the caller's headers say.
  func body(for provider: Provider, type: String?) throws(CommandError) -> CallBody {
    switch source {
    case .none: return .none
    case .content(let content):
      guard let content = content.take() else { return .none }
      return .content(content, type: nil)
    case .file(let file):
      if CallSession.needsWholeBody(provider, type: type) {
        return .content(try BodyInput.read(file.number, "the body"), type: nil)
      }
      return .stream(length: file.length, type: nil, isRepeatable: file.length != nil)
    case .form(let form): return try form.body(for: provider)
    }
  }

  /// `-d`: the text itself, or what `@` names.
  private static func content(of data: String) throws(CommandError) -> SecretBuffer {
    guard data.hasPrefix("@") else {
      guard data.utf8.count <= CallBody.contentLimit else { throw tooLong("-d") }
      return SecretBuffer(text: data, capacity: 1)
    }
    let file = try open(String(data.dropFirst()))
    return try read(file.number, "-d \(data)")
  }

  private static func open(_ path: String) throws(CommandError) -> OpenFile {
    if path == "-" { return OpenFile(nil, number: STDIN_FILENO) }
    do throws(SystemError) {
      let file = try FileDescriptor.open(path, O_RDONLY | O_NOCTTY)
      let number = file.number
      guard try FileStatus(descriptor: number).kind != .directory else {
        throw SystemError(code: EISDIR)
      }
      return OpenFile(file, number: number)
    } catch {
      throw unreadable(path, error)
    }
  }

  private static func read(_ number: Int32, _ name: String) throws(CommandError) -> SecretBuffer {
    do throws(SystemError) {
      if let content = try SecretBuffer.reading(number, limit: CallBody.contentLimit) {
        return content
      }
    } catch {
      throw unreadable(name, error)
    }
    throw tooLong(name)
  }

  static func unreadable(_ name: String, _ error: SystemError) -> CommandError {
    .failed(
      Explanation(
        what: "cannot read \(name)", why: error.reason,
        advice: "give a file that you may read, or - for standard input"))
  }

  static func tooLong(_ name: String) -> CommandError {
    .failed(
      Explanation(
        what: "\(name) is too long",
        why: "what has to be there as a whole may have \(CallBody.contentLimit / 1024 / 1024) MiB",
        advice: "send it as it is with --body-file, where the provider takes that"))
  }
}
