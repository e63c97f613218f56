/// What a browser is shown: plain pages, the same for everybody, with nothing of what was sent.
struct ListenerPage {
  enum Status: Int {
    case ok = 200
    case badRequest = 400
    case notFound = 404
    case tooLong = 431

    fileprivate var phrase: String {
      switch self {
      case .ok: "OK"
      case .badRequest: "Bad Request"
      case .notFound: "Not Found"
      case .tooLong: "Request Header Fields Too Large"
      }
    }
  }

  /// The whole answer, head and page.
  let bytes: [UInt8]

  /// After the answer.
  static let taken = ListenerPage(.ok)

  init(_ status: Status) {
    let body = Self.page(Self.sentence(status))
    let head = [
      "HTTP/1.1 \(status.rawValue) \(status.phrase)", "Content-Type: text/html; charset=utf-8",
      "Content-Length: \(body.utf8.count)", "Connection: close", "Cache-Control: no-store",
      "Referrer-Policy: no-referrer", "X-Content-Type-Options: nosniff", "X-Frame-Options: DENY",
      "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
      "Cross-Origin-Opener-Policy: same-origin", "Cross-Origin-Resource-Policy: same-origin",
    ]
    bytes = Array((head.joined(separator: "\r\n") + "\r\n\r\n" + body).utf8)
  }

  private static func sentence(_ status: Status) -> String {
    switch status {
    case .ok: "Usher has the answer. Go back to the terminal; this page can be closed."
    case .notFound: "Nothing is here."
    case .badRequest, .tooLong:
      "Usher has not taken this. If a provider sent you here, copy the whole address of this page out of the "
        + "address bar, and paste it in the terminal."
    }
  }

  private static func page(_ sentence: String) -> String {
    "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Usher</title>"
      + "<meta name=\"viewport\" content=\"width=device-width\"></head><body><p>\(sentence)</p></body></html>\n"
  }
}
