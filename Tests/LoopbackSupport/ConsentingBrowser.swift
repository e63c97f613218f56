internal import FoundationEssentials
internal import TestSupport

/// A person with a browser: opens an address, decides on every page that asks, and says where the browser ended. The
/// programs are in `Fixtures/ConsentingBrowser`.
///
/// Both ways take a process of their own, and block the thread for as long as that runs: a tenth of a second without
/// Chromium, two seconds with it.
package struct ConsentingBrowser: Sendable {
  /// Any Python will do. Tests are skipped by name without one.
  package static let interpreter: String? = ["/usr/bin/python3", Tool.path("python3")]
    .compactMap { $0 }
    .first { ChildProcess.run($0, ["-E", "-c", ""]).status == 0 }

  /// The real browser; tests that need it are skipped by name without it.
  package static let chromium = Tool.path("chromium")

  /// Where the browser ended.
  package struct Page: Decodable, Sendable {
    /// What stands in the address bar.
    package let address: String
    /// The status of the last answer: that of a redirect where its target was not opened. Nil where nobody answered.
    package let status: Int?
    /// What a person reads there.
    package let text: String
  }

  /// What went wrong, if no page was reached at all.
  package struct Failed: Error, CustomStringConvertible {
    package let description: String
  }

  /// Whether the person presses the button that means yes, or the other one.
  package var agrees: Bool
  /// The scopes that stay ticked; nil for those that the page has ticked.
  package var keeps: [String]?
  /// What is typed into fields, by their names.
  package var types: [String: String]

  package init(agrees: Bool = true, keeps: [String]? = nil, types: [String: String] = [:]) {
    self.agrees = agrees
    self.keeps = keeps
    self.types = types
  }

  /// Opens an address with a small client, which trusts the authority of the tests.
  ///
  /// - Parameters:
  ///   - redirect: where the application waits. The browser ends when it is sent there, with any parameters, and asks
  ///     nothing there.
  ///   - follows: whether it asks there after all, as a real browser does.
  package func open(
    _ address: String, redirect: String? = nil, follows: Bool = false
  ) throws -> Page {
    try run("http_browser.py", [], address, redirect: redirect, follows: follows)
  }

  /// Opens an address with Chromium without a window, which opens the redirect address too, as it always does. Where
  /// nobody listens there, the page is the browser's own and has no status.
  package func openInChromium(_ address: String) throws -> Page {
    guard let chromium = Self.chromium else {
      throw Failed(description: "there is no Chromium")
    }
    return try run("chromium.py", [chromium], address, redirect: nil, follows: true)
  }

  private struct Orders: Encodable {
    let address: String
    let redirect: String?
    let agree: Bool
    let keep: [String]?
    let type: [String: String]
    let follow: Bool
    let authority: String
  }

  private func run(
    _ script: String, _ arguments: [String], _ address: String, redirect: String?, follows: Bool
  ) throws -> Page {
    guard let interpreter = Self.interpreter else {
      throw Failed(description: "there is no Python")
    }
    let orders = Orders(
      address: address, redirect: redirect, agree: agrees, keep: keeps, type: types,
      follow: follows, authority: LoopbackCertificates.trusted)
    let path = TestPython.fixture("ConsentingBrowser/\(script)")
    let made = ChildProcess.run(
      interpreter, ["-B", "-E", path] + arguments, input: Array(try JSONEncoder().encode(orders)))
    guard made.status == 0 else { throw Failed(description: made.errorText) }
    return try JSONDecoder().decode(Page.self, from: Data(made.output))
  }
}
