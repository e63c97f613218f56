internal import Basics
internal import ProviderFormat

/// Checks what belongs together in `usher.revoke`: half a request would never be sent, and nobody would notice until a key
/// has to be taken back.
enum RevocationLint {
  private static let name = UsherExtension.Revocation.schema.rules.name

  /// - Parameter line: where the map begins.
  static func check(
    _ revocation: Value.Map, _ line: Int, _ provider: Provider, _ report: inout LintReport
  ) {
    checkPage(revocation, &report)
    checkRequest(revocation, &report)
    checkTokens(revocation, provider, &report)
    let ways = ["page", "url", "token_url"]
    if !ways.contains(where: { revocation[$0]?.text != nil }) {
      report.warning(
        "\(name) says no way", line: line,
        advice: "add page, method with url, or token_url")
    }
  }

  private static func checkPage(_ revocation: Value.Map, _ report: inout LintReport) {
    guard let page = revocation["page"]?.text, !page.hasPrefix("https://") else { return }
    report.warning(
      "the page of \(name) is no https address", line: revocation.line(of: "page"),
      advice: "write the whole address")
  }

  private static func checkRequest(_ revocation: Value.Map, _ report: inout LintReport) {
    let method = revocation["method"]?.text?.uppercased()
    if let method, !EntryKeys.methods.contains(method) {
      report.error(
        "the method \(method) is not known", line: revocation.line(of: "method"),
        advice: "use DELETE or POST, as the provider asks for")
    } else if let method, ["GET", "HEAD"].contains(method) {
      report.warning(
        "a \(method) request takes nothing back at most providers",
        line: revocation.line(of: "method"), advice: "compare it with the provider's documentation")
    }
    let isWhole = (method == nil) == (revocation["url"]?.text == nil)
    if !isWhole {
      let (there, missing) = method == nil ? ("url", "method") : ("method", "url")
      report.error(
        "\(name) has a \(there) and no \(missing), so nothing is sent",
        line: revocation.line(of: there), advice: "add \(missing)")
    }
    CheckLint.checkBodies(of: revocation, method ?? "POST", in: name, &report)
    for part in revocation.members where ["headers", "body", "form"].contains(part.key) {
      guard method == nil, revocation["url"] == nil else { return }
      report.error(
        "\(name) has \(part.key) and no request that it belongs to", line: part.line,
        advice: "add method and url")
    }
  }

  private static func checkTokens(
    _ revocation: Value.Map, _ provider: Provider, _ report: inout LintReport
  ) {
    for part in revocation.members where ["token_params", "auth_method"].contains(part.key) {
      guard revocation["token_url"] == nil else { break }
      report.error(
        "\(name) has \(part.key) and no token_url that it belongs to", line: part.line,
        advice: "add token_url")
    }
    if revocation["token_url"] != nil, provider.authMode.isFormBased {
      report.warning(
        "\(name) has a token_url, and accounts of this mode have no tokens that a person agreed to",
        line: revocation.line(of: "token_url"), advice: "add method and url for the key itself")
    }
    let methods = ["none", "client_secret_basic", "client_secret_post"]
    if let method = revocation["auth_method"]?.text, !methods.contains(method) {
      report.error(
        "the auth_method \(method) of \(name) is not known",
        line: revocation.line(of: "auth_method"),
        advice: "use one of: \(methods.joined(separator: ", "))")
    }
  }
}
