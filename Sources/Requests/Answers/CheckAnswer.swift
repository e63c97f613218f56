internal import Basics
package import Secrets

/// The provider's answer. The body is held as a secret: it may echo what was sent.
package struct CheckAnswer: ~Copyable {
  /// Why only the beginning of the body is there.
  package struct Cut: Equatable, Sendable {
    /// What happened to the rest.
    package let cause: Diagnosis.Cause
    /// A clause without a period, or nil when the cause says it all.
    package let detail: String?

    /// - Parameter detail: names hosts and sizes, never a value.
    package init(_ cause: Diagnosis.Cause, _ detail: String?) {
      self.cause = cause
      self.detail = detail
    }
  }

  /// The HTTP status.
  package let status: Int
  /// In the order in which they came.
  package let headers: [(name: String, value: String)]
  /// UTF-8, whatever it came in.
  package let body: SecretBuffer
  /// Nil when all of the body is there.
  package let cut: Cut?
  let form: AnswerForm
  /// The body as JSON where it is XML or form data that can be read.
  private let converted: SecretBuffer?

  /// - Parameters:
  ///   - status: as it was sent, which may be a number that HTTP does not know.
  ///   - body: what came of it.
  ///   - cut: why that is not all.
  package init(
    status: Int, headers: [(name: String, value: String)] = [], body: consuming SecretBuffer,
    cut: Cut? = nil
  ) {
    self.status = status
    self.headers = headers
    self.cut = cut
    let type = Self.first("content-type", in: headers)?.lowercased() ?? ""
    let text: SecretBuffer
    let decoded = body.withBytes { AnswerText.utf8($0, isCut: cut != nil) }
    switch consume decoded {
    case .some(let decoded): text = decoded
    case nil: text = body
    }
    let found = text.withBytes { AnswerForm($0, type: type, isCut: cut != nil) }
    switch found {
    case .xml:
      let json = text.withBytes { XMLConversion.json(of: $0) }
      switch consume json {
      case .some(let json):
        form = .xml
        converted = .some(consume json)
      case nil:
        form = type.isOfPage ? .page : .text
        converted = nil
      }
    case .form:
      form = .form
      converted = text.withBytes { FormConversion.json(of: $0) }
    case .empty, .json, .page, .text:
      form = found
      converted = nil
    }
    self.body = text
  }

  /// Whether the body is XML.
  var isXML: Bool { form == .xml }

  /// Lends the body as JSON: as it came, or as what XML or form data have been turned into.
  borrowing func withJSON<Result: ~Copyable>(_ body: (RawSpan) -> Result) -> Result {
    switch converted {
    case .some(let json): json.withBytes(body)
    case nil: self.body.withBytes(body)
    }
  }

  var isSuccess: Bool { (200...299).contains(status) }

  /// The first value of a header, named in lower case.
  func header(_ name: String) -> String? { Self.first(name, in: headers) }

  private static func first(_ name: String, in headers: [(name: String, value: String)]) -> String?
  {
    headers.first { $0.name.lowercased() == name }?.value
  }
}
