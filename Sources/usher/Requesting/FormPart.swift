internal import Basics
internal import Requests
internal import Secrets

/// One `-F`: `name=value`, `name=@file` or `name=@file;type=image/png`.
struct FormPart: Sendable {
  let name: String
  /// Empty for a file.
  let value: String
  let attachment: Attachment?

  /// A file that is a part of a form.
  final class Attachment: Sendable {
    let file: RegularFile
    private let path: String
    let type: String

    init(_ text: String) throws(CommandError) {
      let mark = ";type="
      let place = text.utf8.firstRange(of: mark.utf8)
      path = place.map { String(text[..<$0.lowerBound]) } ?? text
      type = place.map { String(text[$0.upperBound...]) } ?? "application/octet-stream"
      do throws(RegularFile.Problem) {
        file = try RegularFile(path)
      } catch {
        switch error {
        case .system(let error): throw BodyInput.unreadable(path, error)
        case .notAFile:
          throw .failed(
            Explanation(
              what: "cannot read \(path)", why: "it is no file",
              advice: "send what is no file with --body-file"))
        }
      }
    }

    /// Without its folder.
    var name: String { path.split(separator: "/").last.map(String.init) ?? path }

    /// All of it.
    func content() throws(CommandError) -> SecretBuffer {
      do throws(SystemError) {
        let limit = CallBody.contentLimit
        if let content = try SecretBuffer.reading(file.descriptor.number, limit: limit) {
          return content
        }
      } catch {
        throw BodyInput.unreadable(path, error)
      }
      throw BodyInput.tooLong(path)
    }
  }

  init(_ text: String) throws(CommandError) {
    (name, value) = try RequestLine.pair(text, at: "=", of: "-F", "-F name=Ann, -F photo=@me.png")
    attachment = value.hasPrefix("@") ? try Attachment(String(value.dropFirst())) : nil
  }

  /// In bytes, without what stands around it.
  var size: Int64 { attachment?.file.status.size ?? Int64(value.utf8.count) }

  /// What stands before its content in a form of parts.
  func head(in form: borrowing MultipartForm) -> String {
    form.head(name: name, fileName: attachment?.name, type: attachment?.type)
  }
}
