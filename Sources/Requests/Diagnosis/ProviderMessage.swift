internal import Basics
internal import Secrets

/// The provider's own words about what is wrong, out of an answer's body.
enum ProviderMessage {
  /// In bytes. Longer answers are no refusals that somebody wrote: their status alone counts. There are some thirty
  /// places where words can stand, and for each of them an answer is read from its beginning to its end.
  static let longestAnswer = 64 * 1024

  /// Where providers put a sentence, the most telling first.
  private static let paths = [
    "error.message", "error_description", "message", "error.description", "errors[0].message",
    "errors[0].detail", "errors[0].title", "errors.message", "detail", "error.detail",
    "fault.faultstring", "errorMessage", "error_message", "errorDescription", "msg", "error.msg",
    "[0].message", "error", "errors[0]", "errors", "description", "reason", "title",
    "status.message", "status.error_message", "meta.message", "meta.msg", "meta.error_message",
    "meta.errorDetail", "error.code", "error.status", "code",
  ].map(AnswerPath.init)
  /// The same in XML: SOAP, and the forms that are common beside it.
  private static let xmlPaths = [
    "Envelope/Body/Fault/faultstring", "Envelope/Body/Fault/Reason/Text",
    "ErrorResponse/Error/Message", "Error/Message", "error/message", "errors/error/message",
    "response/error/message", "response/message", "ccb_api/response/error",
    "ccb_api/response/errors/error", "error/description", "errors/error", "response/error", "error",
  ].map(AnswerPath.init)

  /// Cleaned and redacted; nil when the body says nothing, or is a web page. A sentence is preferred to a word such as
  /// `auth_error`. Of plain text the beginning counts, however long it is.
  static func find(
    in answer: borrowing CheckAnswer, from sources: borrowing TemplateContext
  ) -> String? {
    switch answer.form {
    case .empty, .page: return nil
    case .text:
      return answer.body.withBytes { $0.isShown ? Redactor.clean($0, from: sources) : nil }
    case .json, .xml, .form: break
    }
    guard answer.body.count <= longestAnswer else { return nil }
    if let whole = answer.withJSON({ $0.jsonText() }) {
      return whole.withBytes { Redactor.clean($0, from: sources) }
    }
    var word: String?
    for path in answer.isXML ? xmlPaths : paths {
      guard let text = path.text(in: answer), !text.isEmpty,
        let clean = text.withBytes({ Redactor.clean($0, from: sources) })
      else { continue }
      if clean.contains(" ") { return clean }
      word = word ?? clean
    }
    return word
  }
}

extension RawSpan {
  /// Whether its beginning is text for people and not the bytes of a picture.
  fileprivate var isShown: Bool {
    !extracting(0..<Swift.min(byteCount, 256)).contains { $0 < 0x09 || (0x0E...0x1A).contains($0) }
  }
}
