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
    "fault.faultstring", "error", "errors[0]", "errorMessage", "error_message", "msg",
    "description", "reason", "title", "status.message", "code",
  ]
  /// The same in XML: SOAP, and the forms that are common beside it.
  private static let xmlPaths = [
    "Envelope/Body/Fault/faultstring", "ErrorResponse/Error/Message", "Error/Message",
    "error/message", "errors/error/message", "response/error/message", "response/message",
    "ccb_api/response/error", "ccb_api/response/errors/error",
  ]

  /// Cleaned and redacted; nil when the body says nothing, or is a web page. Of plain text the beginning counts, however
  /// long it is.
  static func find(
    in answer: borrowing CheckAnswer, from sources: borrowing TemplateContext
  ) -> String? {
    if let message = declared(in: answer, from: sources) { return message }
    let type = answer.header("content-type")?.lowercased() ?? ""
    guard type.hasPrefix("text/plain") else { return nil }
    return answer.body.withBytes { Redactor.clean($0, from: sources) }
  }

  /// What stands in one of the places where words are expected.
  private static func declared(
    in answer: borrowing CheckAnswer, from sources: borrowing TemplateContext
  ) -> String? {
    guard answer.body.count <= longestAnswer else { return nil }
    for path in answer.isXML ? xmlPaths : paths {
      guard let text = AnswerPath(path).text(in: answer), !text.isEmpty else { continue }
      if let clean = text.withBytes({ Redactor.clean($0, from: sources) }) { return clean }
    }
    let text = answer.body.withBytes { body in
      body.formValue(of: "error_description") ?? body.formValue(of: "error")
    }
    return text?.withBytes { Redactor.clean($0, from: sources) } ?? nil
  }
}
