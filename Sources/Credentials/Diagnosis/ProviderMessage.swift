internal import Secrets

/// The provider's own words about what is wrong, out of an answer's body.
enum ProviderMessage {
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

  /// Cleaned and redacted; nil when the body says nothing, or is a web page.
  static func find(
    in answer: borrowing CheckAnswer, from sources: borrowing TemplateSources
  ) -> String? {
    answer.body.withBytes { body in
      for path in AnswerPath.isXML(body) ? xmlPaths : paths {
        guard let text = AnswerPath(path).text(in: body), !text.isEmpty else { continue }
        if let clean = text.withBytes({ Redactor.clean($0, from: sources) }) { return clean }
      }
      if let text = body.formValue(of: "error_description") ?? body.formValue(of: "error") {
        return text.withBytes { Redactor.clean($0, from: sources) }
      }
      let type = answer.header("content-type")?.lowercased() ?? ""
      guard type.hasPrefix("text/plain") else { return nil }
      return Redactor.clean(body, from: sources)
    }
  }
}
