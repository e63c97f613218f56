internal import Basics

/// What the environment says about reaching the network: proxy, exceptions, certificate authorities.
struct NetworkEnvironment: Equatable, Sendable {
  /// The only variables of the user that the helper process inherits, beside the language.
  static let variables = [
    "https_proxy", "HTTPS_PROXY", "no_proxy", "NO_PROXY", "SSL_CERT_FILE",
  ]

  /// The proxy setting as it stands; nil when there is none or it is empty.
  private let proxySetting: String?
  private let exceptions: ProxyExceptions
  /// The file named by `SSL_CERT_FILE`: it takes the place of the system's authorities, as it does for OpenSSL.
  let authorityFile: String?

  /// - Parameter variable: looks a name up. Where both spellings of a variable are set, the lower-case one counts
  ///   (as for curl).
  init(_ variable: (String) -> String?) {
    func first(_ names: String...) -> String? {
      names.lazy.compactMap(variable).first { !$0.isEmpty }
    }
    proxySetting = first("https_proxy", "HTTPS_PROXY")
    exceptions = ProxyExceptions(first("no_proxy", "NO_PROXY") ?? "")
    authorityFile = first("SSL_CERT_FILE")
  }

  /// The proxy, whatever the host.
  var proxy: ProxyServer? {
    get throws(ProxyServer.Unusable) {
      guard let proxySetting else { return nil }
      return try ProxyServer(proxySetting)
    }
  }

  /// The proxy for requests to `origin`, or nil for a direct connection. Plain http goes to loopback hosts only,
  /// and so never through a proxy.
  func proxy(for origin: Origin) throws(ProxyServer.Unusable) -> ProxyServer? {
    guard origin.scheme == .https, !exceptions.contain(origin) else { return nil }
    return try proxy
  }
}
