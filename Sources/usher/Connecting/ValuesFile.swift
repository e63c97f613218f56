internal import Basics
internal import CLinux
internal import Catalogues
internal import Drafts
internal import Glibc
internal import ProviderFormat
internal import Requests
internal import Secrets

/// The values of `--from`: read straight into locked memory. A submission in JSON, a `.env` file or a provider's own key
/// file, or with `--key` nothing but one value.
struct ValuesFile {
  /// `-` is standard input.
  let path: String
  let form: Form
  /// The field whose value the whole file is.
  let key: Field.ID?

  /// - Parameter note: told what was left out of a file that was not written for this provider.
  func read(note: (String) -> Void) throws -> SecretValues {
    var text = SecretBuffer(capacity: SecretBuffer.fileCapacity)
    if path == "-" {
      try read(descriptor: STDIN_FILENO, into: &text)
    } else {
      let file = try open()
      try read(descriptor: file.number, into: &text)
    }
    let whole = try text.asUTF8()
    if let key { return try value(whole, of: key) }
    return try values(whole, note: note)
  }

  // MARK: What the file holds

  /// The line end that every editor and `echo` put behind a value is none of it.
  private func value(_ text: consuming SecretBuffer, of key: Field.ID) throws -> SecretValues {
    let count = text.withBytes { bytes in
      let end = bytes.byteCount
      if bytes.has([0x0D, 0x0A], at: end - 2) { return end - 2 }
      return bytes.has([0x0A], at: end - 1) ? end - 1 : end
    }
    text.remove(count..<text.count)
    let capacity = form.fields.first { $0.id == key }?.field.capacity ?? SecretBuffer.lineCapacity
    guard text.count <= capacity else {
      throw SubmissionFileError.tooLong(key, limit: capacity)
    }
    var values = SecretValues()
    values.set(key, to: text)
    return values
  }

  private func values(
    _ text: consuming SecretBuffer, note: (String) -> Void
  ) throws -> SecretValues {
    let isSubmission = text.withBytes { SubmissionFile.isWritten(in: $0) }
    if isSubmission { return try SubmissionFile.read(text, for: form) }
    guard let handed = text.withBytes({ HandedValues.read($0, for: form) }) else {
      let isJSON = text.withBytes { bytes in
        bytes.isEmpty || "{[".utf8.contains(bytes[0])
      }
      if isJSON { return try SubmissionFile.read(text, for: form) }
      throw nothingNamed
    }
    guard !handed.values.isEmpty else {
      if handed.kind == .json { return try SubmissionFile.read(text, for: form) }
      throw nothingFits
    }
    reportLeftOut(handed.leftOut, note)
    return handed.takeValues()
  }

  private func reportLeftOut(_ leftOut: [String?], _ note: (String) -> Void) {
    guard !leftOut.isEmpty else { return }
    let names = leftOut.compactMap { $0 }
    let count = leftOut.count == 1 ? "one value" : "\(leftOut.count) values"
    let list = names.isEmpty ? "" : ": \(names.prefix(8).joined(separator: ", "))"
    note("\(count) of \(name) that \(form.provider.slug) does not ask for left out\(list)")
  }

  // MARK: Reading

  private var name: String { path == "-" ? "standard input" : path }

  /// Not only a regular file: a shell hands in what a command prints as a pipe.
  private func open() throws(CommandError) -> FileDescriptor {
    do throws(SystemError) {
      return try FileDescriptor.open(path, O_RDONLY)
    } catch {
      throw .failed(
        Explanation(
          what: "cannot read \(path)", why: error.reason,
          advice: "give a file that you may read, or - for standard input"))
    }
  }

  private func read(descriptor: Int32, into text: inout SecretBuffer) throws {
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

  // MARK: Errors

  private var secrets: [Field.ID] { form.fields.filter { $0.isPrompted && $0.isMasked }.map(\.id) }

  private var nothingNamed: CommandError {
    .failed(
      Explanation(
        what: "\(name) holds no values with names",
        why: "it is no JSON, and no file of variables",
        advice: "for a value alone add --key \(secrets.first?.description ?? "FIELD"); else write "
          + #"{"credentials": {"NAME": "VALUE"}}"#))
  }

  private var nothingFits: CommandError {
    let known = form.fields.filter(\.isPrompted).map(\.id)
    let variable = known.first.map { $0.name } ?? "apiKey"
    return .failed(
      Explanation(
        what: "\(name) holds no value that is surely one of \(form.provider.slug)",
        why: "its names are none of the fields', and nothing is taken on a guess",
        advice: "name them \(known.map(\.name).joined(separator: ", ")), as in \(variable)=…"))
  }
}
