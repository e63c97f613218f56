internal import Basics
internal import Glibc
internal import ProviderFormat
internal import Requests
internal import Secrets

/// The fields of `-F`: a form of texts or, with files among them, of parts.
struct FormUpload: ~Copyable {
  /// In bytes: files that are longer together are read while they are sent.
  private static let wholeLimit: Int64 = 1024 * 1024

  private let fields: [FormPart]
  /// Whether it goes out as `multipart/form-data`.
  let isMultipart: Bool
  /// Where a form is written to that is read while it is sent; nil for one that is told as a whole.
  private let stream: FormStream?

  /// Opens the files.
  /// - Parameter headers: the caller's; the content type decides, where there is one.
  init(_ texts: [String], headers: [APICall.Header]) throws(CommandError) {
    var fields: [FormPart] = []
    for text in texts { fields.append(try FormPart(text)) }
    let sizes = fields.compactMap { $0.attachment?.file.status.size }
    let type = headers.last { $0.name.lowercased() == "content-type" }?.value.lowercased() ?? ""
    if !sizes.isEmpty, type.hasPrefix("application/x-www-form-urlencoded") {
      throw .usage(
        Explanation(
          what: "a file cannot be a part of this form",
          why: "the header Content-Type says that it is one of texts",
          advice: "leave the header out"))
    }
    var stream: FormStream?
    if sizes.reduce(0, +) > FormUpload.wholeLimit { stream = try FormStream() }
    self.fields = fields
    isMultipart = !sizes.isEmpty || type.hasPrefix("multipart/")
    self.stream = stream
  }

  /// What is read while the form is sent; nil for one that is told as a whole.
  var descriptor: Int32? {
    switch stream {
    case .some(let stream): stream.input
    case nil: nil
    }
  }

  /// The form as a body of a request to a provider, once. A stream begins to be written.
  func body(for provider: Provider) throws(CommandError) -> CallBody {
    guard isMultipart else { return try FormUpload.encoded(fields) }
    let form = MultipartForm()
    switch stream {
    case .some(let stream):
      // What has to be signed, or gets members of the entry's, is put together first, and has a limit then.
      guard !CallSession.needsWholeBody(provider, type: form.contentType) else {
        return try FormUpload.whole(fields, in: form)
      }
      let parts = fields.map { ($0, $0.head(in: form)) }
      let length = parts.reduce(Int64(form.closing.utf8.count)) { length, part in
        length + Int64(part.1.utf8.count + MultipartForm.lineEnd.utf8.count) + part.0.size
      }
      stream.write(parts, closing: form.closing)
      return .stream(length: length, type: form.contentType, isRepeatable: false)
    case nil: return try FormUpload.whole(fields, in: form)
    }
  }

  private static func encoded(_ fields: [FormPart]) throws(CommandError) -> CallBody {
    let size = fields.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count + 2 }
    // A byte may become three.
    guard size * 3 <= CallBody.contentLimit else { throw BodyInput.tooLong("the form") }
    return .form(fields.map { ($0.name, $0.value) })
  }

  private static func whole(
    _ fields: [FormPart], in form: consuming MultipartForm
  ) throws(CommandError) -> CallBody {
    for field in fields {
      guard let attachment = field.attachment else {
        field.value.withBytes { form.append($0, name: field.name) }
        continue
      }
      let content = try attachment.content()
      content.withBytes {
        form.append(
          $0, name: field.name, fileName: attachment.name, type: attachment.type)
      }
    }
    guard let body = form.body() else { throw BodyInput.tooLong("the form") }
    return body
  }
}
