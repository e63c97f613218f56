internal import Basics
internal import Checking
internal import GuideText

/// One page as it is asked for: with what is known of it, so that a page that has not changed is not sent again, and
/// again as often as the site asks to wait.
struct PageQuestion {
  /// What the site gave.
  enum Answer {
    case unchanged
    case page([UInt8], entityTag: String?)
    /// A sentence, with a period.
    case failed(String)
  }

  /// Longer waits are left to the person: a site may name any time.
  static let longestWait = Duration.seconds(60)
  private static let attempts = 4

  let address: PageAddress
  let entityTag: String?
  /// Waits, and lets the other questions to the same site wait with it.
  let pause: @Sendable (Duration) async -> Void

  func ask(_ transport: PageTransport) async -> Answer {
    var attempt = 1
    while true {
      do throws(PageTransport.Failure) {
        let answer = try await question(transport)
        guard let wait = Self.wait(answer, attempt) else { return read(answer) }
        guard wait <= Self.longestWait, attempt < Self.attempts else {
          return .failed(
            "It answered \(answer.status): it wants to be asked later, in \(wait.components.seconds) seconds."
          )
        }
        await pause(wait)
        attempt += 1
      } catch {
        return .failed(error.sentence)
      }
    }
  }

  /// The page's own Markdown; sites that have none beside their pages may give it when asked for it.
  private func question(
    _ transport: PageTransport
  ) async throws(PageTransport.Failure) -> PageTransport.Answer {
    var headers = [("accept", "text/markdown, text/plain;q=0.8, */*;q=0.1")]
    if let entityTag { headers.append(("if-none-match", entityTag)) }
    let answer = try await transport.get(address.markdown, headers: headers)
    guard answer.status == 404 else { return answer }
    return try await transport.get(address.page, headers: headers)
  }

  /// How long to wait before the next try (RFC 9110, 10.2.3); nil when this is the answer.
  private static func wait(_ answer: PageTransport.Answer, _ attempt: Int) -> Duration? {
    guard [429, 503].contains(answer.status) else { return nil }
    guard let text = answer.header("retry-after") else { return .seconds(1 << (attempt - 1)) }
    if let seconds = Int(text) { return .seconds(max(0, seconds)) }
    guard let date = Timestamp(providerText: text) else { return .seconds(1 << (attempt - 1)) }
    return .seconds(max(0, date.secondsSinceEpoch - Timestamp.now().secondsSinceEpoch))
  }

  private func read(_ answer: PageTransport.Answer) -> Answer {
    switch answer.status {
    case 304: return .unchanged
    case 200:
      if let cut = answer.cut { return .failed(cut) }
      if let title = WebPage.title(of: answer.body, type: answer.header("content-type")) {
        return .failed("It sent a web page\(title), and no Markdown.")
      }
      guard answer.body.count <= Guide.sizeLimit else {
        return .failed("The page is larger than 1 MiB.")
      }
      guard answer.body.contains(where: { $0 > 0x20 }) else { return .failed("The page is empty.") }
      return .page(answer.body, entityTag: answer.header("etag"))
    default: return .failed("It answered \(answer.status).")
    }
  }
}

/// An answer in HTML, where another kind of text was asked for.
enum WebPage {
  /// ` titled “…”`, or an empty text when the page has no title; nil when the bytes are no web page.
  static func title(of bytes: [UInt8], type: String?) -> String? {
    let head = String(decoding: bytes.prefix(64 * 1024), as: UTF8.self)
    let start = head.drop { $0.isWhitespace || $0 == "\u{FEFF}" }.prefix(15).lowercased()
    let isPage =
      type?.lowercased().hasPrefix("text/html") == true || start.hasPrefix("<!doctype html")
      || start.hasPrefix("<html")
    guard isPage else { return nil }
    guard let open = head.firstRange(of: "<title>"),
      let close = head[open.upperBound...].firstRange(of: "</title>")
    else { return "" }
    let words = head[open.upperBound..<close.lowerBound].split(whereSeparator: \.isWhitespace)
    return words.isEmpty ? "" : " titled “\(words.joined(separator: " ").prefix(80))”"
  }
}
