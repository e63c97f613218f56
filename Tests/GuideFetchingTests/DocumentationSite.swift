import Checking
import GuideFetching
import LoopbackSupport
import Synchronization
import TestSupport

/// A documentation site on loopback, with pages that a test can change while it runs.
final class DocumentationSite: Sendable {
  let server: LoopbackServer
  private let pages: Pages

  /// What each path answers, and how often it was asked.
  private final class Pages: Sendable {
    let replies: Mutex<[String: LoopbackReply]>

    init(_ replies: [String: LoopbackReply]) { self.replies = Mutex(replies) }

    func reply(to request: LoopbackRequest) -> LoopbackReply {
      let reply = replies.withLock { $0[request.target] } ?? .answer(404)
      guard case .answer(200, let headers, _) = reply, let tag = headers["etag"],
        request.header("if-none-match") == tag
      else { return reply }
      return .answer(304, headers: ["etag": tag])
    }
  }

  init(_ replies: [String: LoopbackReply]) async throws {
    let pages = Pages(replies)
    self.pages = pages
    server = try await LoopbackServer { pages.reply(to: $0) }
  }

  var address: String { "https://127.0.0.1:\(server.port)" }

  func set(_ path: String, _ reply: LoopbackReply) {
    pages.replies.withLock { $0[path] = reply }
  }

  /// Names pages by their paths.
  func setIndex(_ paths: [String]) {
    let lines = paths.map { "- [\($0)](\(address)\($0).md): a page" }
    set("/llms.txt", .answer(200, body: "# Tea\n\n## Pages\n\n" + lines.joined(separator: "\n")))
  }

  /// A page of a guide with one step, in the form in which sites serve it.
  static func page(_ slug: String, item: String = "Click.", tag: String? = nil) -> LoopbackReply {
    .answer(
      200, headers: tag.map { ["etag": $0, "content-type": "text/markdown"] } ?? [:],
      body:
        "# Link \(slug)\n\n# Overview\n\nYou need a key.\n\n#### Step 1: Make it\n\n1. \(item)\n")
  }

  var options: CheckOptions {
    var options = CheckOptions()
    options.authorityFile = LoopbackCertificates.trusted
    options.limits.total = .seconds(2)
    return options
  }

  var fetcher: GuideFetcher { GuideFetcher(options: options) }

  /// Fetches every page called `connect`.
  func fetch(into folder: String) async throws -> FetchReport {
    let source = try await fetcher.source(address)
    return try await fetcher.fetch(
      source, matching: [.connectPages], into: FetchedFolder(folder))
  }
}
