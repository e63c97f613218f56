internal import Basics
internal import ProviderFormat
internal import Secrets

/// A form with files (`multipart/form-data`, RFC 7578), as a body or piece by piece for a stream:
/// `head`, the content and `lineEnd` for each part, then `closing`.
package struct MultipartForm: ~Copyable {
  /// What divides the parts; it stands in none of their contents but by a chance of 1 to 2¹²².
  package let boundary: String
  private var content = SecretWriter()

  /// With a boundary that chance makes.
  package init() { boundary = "usher-\(UUIDText.text(SystemRandom.bytes(16)))" }

  /// The content type of the whole.
  package var contentType: String { "multipart/form-data; boundary=\(boundary)" }

  /// What stands before a part's content.
  /// - Parameters:
  ///   - fileName: of a file; without its folder.
  ///   - type: the content type of the part; nil for none.
  package func head(name: String, fileName: String? = nil, type: String? = nil) -> String {
    var head = "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(Self.escaped(name))\""
    if let fileName { head += "; filename=\"\(Self.escaped(fileName))\"" }
    if let type { head += "\r\nContent-Type: \(type.filter { $0 >= " " && $0 != "\u{7F}" })" }
    return head + "\r\n\r\n"
  }

  /// What stands behind a part's content.
  package static let lineEnd = "\r\n"

  /// What stands behind the last part.
  package var closing: String { "--\(boundary)--\r\n" }

  /// Adds a whole part.
  package mutating func append(
    _ value: RawSpan, name: String, fileName: String? = nil, type: String? = nil
  ) {
    content.append(text: head(name: name, fileName: fileName, type: type))
    content.append(value)
    content.append(text: Self.lineEnd)
  }

  /// All parts as a body; nil when they are longer than `CallBody.contentLimit`.
  package consuming func body() -> CallBody? {
    let type = contentType
    content.append(text: closing)
    guard content.count <= CallBody.contentLimit, let content = content.finish() else { return nil }
    return .content(content, type: type)
  }

  /// As HTML's forms write names: the three characters that would end one.
  private static func escaped(_ name: String) -> String {
    name.replacing("\r\n", with: "%0D%0A").replacing("\n", with: "%0A")
      .replacing("\r", with: "%0D").replacing("\"", with: "%22")
  }
}

extension MultipartForm {
  /// The boundary that a content type names; nil where it names none.
  static func boundary(in type: String) -> String? {
    for parameter in type.split(separator: ";").dropFirst() {
      let sides = parameter.split(separator: "=", maxSplits: 1).map { String($0).trimmed }
      guard sides.count == 2, sides[0].lowercased() == "boundary" else { continue }
      let boundary = sides[1].filter { $0 != "\"" }
      return boundary.isEmpty ? nil : boundary
    }
    return nil
  }

  /// Puts the pairs of form data in front of the end of a form with files.
  static func merge(
    _ content: consuming SecretBuffer, boundary: String, with added: borrowing SecretBuffer
  ) throws(RequestError) -> SecretBuffer {
    let closing = "--\(boundary)--"
    let end = content.withBytes { bytes -> Int? in
      var (found, start) = (nil as Int?, 0)
      while let offset = bytes.firstOffset(of: closing.utf8, from: start) {
        found = offset
        start = offset + 1
      }
      return found
    }
    guard let end = content.isEmpty ? 0 : end else { throw .badBody }
    var merged = SecretWriter()
    content.withBytes { merged.append($0.extracting(0..<end)) }
    added.withBytes { added in
      FormMerge.forEachPair(of: added) { _, name, value in
        let head = "--\(boundary)\r\nContent-Disposition: form-data; name=\""
        merged.append(text: head + escaped(name.shownText) + "\"\r\n\r\n")
        merged.append(value)
        merged.append(text: lineEnd)
      }
    }
    if content.isEmpty {
      merged.append(text: closing)
    } else {
      content.withBytes { merged.append($0.extracting(end..<$0.byteCount)) }
    }
    guard let merged = merged.finish() else { throw .tooLong }
    return merged
  }
}

extension CallBody {
  /// A form of fields alone; a name may come more than once.
  package static func form(_ fields: [(name: String, value: String)]) -> CallBody {
    // What is too long is refused as every other body is.
    var form = SecretWriter(limit: .max)
    for field in fields {
      form.append(formName: field.name)
      field.value.withBytes { form.append(formEncoded: $0) }
    }
    return .content(
      form.finish() ?? SecretBuffer(capacity: 1), type: "application/x-www-form-urlencoded")
  }
}
