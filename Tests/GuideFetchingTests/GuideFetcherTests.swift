import Basics
import Catalogues
import Checking
import GuideFetching
import GuideText
import LoopbackSupport
import Synchronization
import TestSupport
import Testing

/// Fetching from a real server over TLS: what is kept, what is asked again, and what a site cannot do.
@Suite(.enabled(if: LoopbackCertificates.tool != nil), .timeLimit(.minutes(1)))
struct GuideFetcherTests {
  private func site(_ slugs: [String], tag: String? = "\"1\"") async throws -> DocumentationSite {
    let site = try await DocumentationSite([:])
    site.setIndex(slugs.map { "/docs/\($0)/connect" })
    for slug in slugs {
      site.set("/docs/\(slug)/connect.md", DocumentationSite.page(slug, tag: tag))
    }
    return site
  }

  @Test func `every page of the index lies where the catalogue finds it`() async throws {
    let site = try await site((1...30).map { "tea-\($0)" })
    let folder = TemporaryDirectory()
    let report = try await site.fetch(into: folder.path)
    #expect(report.pages.allSatisfy { $0.outcome == .new })
    #expect(report.pages.count == 30)
    let catalogue = Catalogue(sources: [.namedFolder(folder.path)])
    let guides = catalogue.guideFiles()
    #expect(guides.count == 30)
    #expect(guides.allSatisfy { $0.guide.steps.map(\.title) == ["Make it"] })
    #expect(catalogue.findings.isEmpty)
    let record = try #require(FetchRecord(of: folder.path))
    #expect(record.page(of: "tea-7")?.address == "\(site.address)/docs/tea-7/connect")
    // One for the index and four for the pages; under an authority of one's own each is preceded by a look at the chain.
    #expect(site.server.connections <= 10)
    await site.server.stop()
  }

  @Test func `what has not changed is not sent again, and what has is kept in both versions`()
    async throws
  {
    let site = try await site(["green", "black"])
    let folder = TemporaryDirectory()
    _ = try await site.fetch(into: folder.path)
    site.set(
      "/docs/black/connect.md", DocumentationSite.page("black", item: "Press.", tag: "\"2\""))
    let fetched = FetchedFolder(folder.path)
    let report = try await site.fetcher.update(fetched)
    #expect(
      report.pages.map { [$0.slug, "\($0.outcome)"] }.sorted { $0[0] < $1[0] } == [
        ["black", "changed"], ["green", "unchanged"],
      ])
    let file = try #require(report.pages.first { $0.slug == "black" }?.file)
    let (old, new) = (fetched.previousPage(file), fetched.page(file))
    #expect(old.map { String(decoding: $0, as: UTF8.self) }?.contains("Click.") == true)
    #expect(new.map { String(decoding: $0, as: UTF8.self) }?.contains("Press.") == true)
    await site.server.stop()
  }

  @Test func `a page that somebody has edited is asked for whole`() async throws {
    let site = try await site(["green"])
    let folder = TemporaryDirectory()
    _ = try await site.fetch(into: folder.path)
    TextFile.write("mine", to: folder.file("docs/green/connect.md"))
    let report = try await site.fetcher.update(FetchedFolder(folder.path))
    #expect(report.pages.map(\.outcome) == [.changed])
    #expect(
      FetchedFolder(folder.path).previousPage("docs/green/connect.md") == Array("mine".utf8))
    await site.server.stop()
  }

  @Test func `a failure is told and loses nothing that stood`() async throws {
    let site = try await site(["a", "b", "c", "d", "e", "f"])
    let folder = TemporaryDirectory()
    _ = try await site.fetch(into: folder.path)
    let other = try await LoopbackServer()
    let replies: [(String, LoopbackReply, String)] = [
      ("a", .answer(500), "answered 500"),
      ("b", .answer(200, body: "<!DOCTYPE html><title>Sign in</title>"), "“Sign in”"),
      ("c", .redirect(to: "https://127.0.0.1:\(other.port)/steal"), "127.0.0.1:\(other.port)"),
      ("d", .answer(200, body: String(repeating: "tea ", count: 600_000)), "longer than 1024 kB"),
      ("e", .silence, "within 2 seconds"),
      ("f", .answer(429, headers: ["retry-after": "3600"]), "3600 seconds"),
    ]
    for (slug, reply, _) in replies { site.set("/docs/\(slug)/connect.md", reply) }
    let report = try await site.fetcher.update(FetchedFolder(folder.path))
    for (slug, _, words) in replies {
      let page = try #require(report.pages.first { $0.slug == slug })
      guard case .failed(let sentence) = page.outcome else {
        Issue.record("\(slug) is \(page.outcome)")
        continue
      }
      #expect(sentence.contains(words), "\(sentence)")
      #expect(FetchedFolder(folder.path).page(page.file) != nil)
    }
    #expect(other.requests.isEmpty)
    #expect(FetchRecord(of: folder.path)?.pages.count == 6)
    await site.server.stop()
    await other.stop()
  }

  @Test func `a site that asks to wait is asked again`() async throws {
    let asked = Mutex(0)
    let server = try await LoopbackServer { request in
      guard request.target == "/docs/green/connect.md" else {
        return .answer(200, body: "- [Green](/docs/green/connect.md)")
      }
      let number = asked.withLock { count in
        count += 1
        return count
      }
      return number < 3
        ? .answer(number == 1 ? 429 : 503, headers: ["retry-after": "0"])
        : DocumentationSite.page("green")
    }
    var options = CheckOptions()
    options.authorityFile = LoopbackCertificates.trusted
    let fetcher = GuideFetcher(options: options)
    let folder = TemporaryDirectory()
    let source = try await fetcher.source("https://127.0.0.1:\(server.port)")
    let report = try await fetcher.fetch(
      source, matching: [.connectPages], into: FetchedFolder(folder.path))
    #expect(report.pages.map(\.outcome) == [.new])
    #expect(asked.withLock { $0 } == 3)
    await server.stop()
  }

  @Test func `pages of another site and places outside of the folder are left out`() async throws {
    let site = try await site(["green"])
    site.set(
      "/llms.txt",
      .answer(
        200,
        body: """
          - [Green](\(site.address)/docs/green/connect.md)
          - [Elsewhere](https://docs.other.example/docs/x/connect.md)
          - [Outside](\(site.address)/docs/../../../etc/connect.md)
          - [Hidden](\(site.address)/docs/.ssh/connect.md)
          """))
    let folder = TemporaryDirectory()
    let report = try await site.fetch(into: folder.path)
    #expect(report.elsewhere == 1)
    #expect(report.pages.filter { $0.outcome == .new }.map(\.slug) == ["green"])
    await site.server.stop()
  }

  @Test(arguments: [
    (LoopbackReply.answer(404), "answered 404"),
    (.answer(200, body: "# Tea\n\n## One\n"), "names no pages"),
    (.answer(200, body: "<html><title>Docs</title></html>"), "a web page titled “Docs”"),
  ])
  func `an index that is none says so`(_ reply: LoopbackReply, _ words: String) async throws {
    let site = try await DocumentationSite(["/llms.txt": reply])
    let error = await #expect(throws: FetchError.self) {
      _ = try await site.fetcher.source(site.address)
    }
    let text = error.map { "\($0.explanation.what): \($0.explanation.why ?? "")" } ?? ""
    #expect(text.contains(words), "\(text)")
    await site.server.stop()
  }

  @Test func `more pages than one fetch takes are refused before any is asked for`() async throws {
    let site = try await DocumentationSite([:])
    site.setIndex((1...10_001).map { "/docs/t\($0)/connect" })
    let source = try await site.fetcher.source("\(site.address)/llms.txt")
    let folder = TemporaryDirectory()
    await #expect(throws: FetchError.self) {
      _ = try await site.fetcher.fetch(
        source, matching: [.connectPages], into: FetchedFolder(folder.path))
    }
    let some = try await site.fetcher.fetch(
      source, matching: [PagePattern("t77/connect")], into: FetchedFolder(folder.path),
      isDryRun: true)
    #expect(some.pages.map(\.slug) == ["t77"])
    #expect(site.server.requests.count == 1)
    await site.server.stop()
  }
}
