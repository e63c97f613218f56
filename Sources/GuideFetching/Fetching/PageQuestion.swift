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
    return answer.retryTime.map { .seconds($0) } ?? .seconds(1 << (attempt - 1))
  }

  private func read(_ answer: PageTransport.Answer) -> Answer {
    switch answer.status {
    case 304: return .unchanged
    case 200:
      if let cut = answer.cut { return .failed(cut) }
      if let title = answer.webPageTitle {
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

extension PageTransport.Answer {
  /// What to call a web page that came where another kind of text was asked for: ` titled “…”`, or an empty text when it
  /// has no title; nil when the answer is none. Markdown may begin with an element too, so only a whole document counts.
  var webPageTitle: String? {
    let start = String(decoding: body.prefix(4096), as: UTF8.self)
      .drop { $0.isWhitespace || $0 == "\u{FEFF}" }.prefix(15).lowercased()
    let isPage =
      header("content-type")?.lowercased().hasPrefix("text/html") == true
      || start.hasPrefix("<!doctype html") || start.hasPrefix("<html")
    guard isPage else { return nil }
    return pageTitle.map { " titled “\($0.prefix(80))”" } ?? ""
  }
}
