/// What the check is doing, for the screen that says so: shown before anything is sent.
package struct CheckProgress: Equatable, Sendable {
  /// Host, and port when it is not the usual one.
  package var host: String
  /// The address that will be connected to; nil while it is looked up, and with a proxy.
  package var address: String?
  /// Host and port of the proxy that the request goes through.
  package var proxy: String?
  /// 1 for the first request; redirects count.
  package var request: Int

  package init(host: String, address: String? = nil, proxy: String? = nil, request: Int) {
    self.host = host
    self.address = address
    self.proxy = proxy
    self.request = request
  }
}
