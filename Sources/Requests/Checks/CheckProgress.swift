/// What a check is about to ask of whom. Told before anything is sent there.
package struct CheckProgress: Equatable, Sendable {
  /// Host, and port when it is not the usual one. ASCII alone: a name in other letters is in its `xn--` form.
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

  /// `gitlab.example:8443 at 10.0.0.5`, as it is shown.
  package var place: String {
    if let proxy { return "\(host) through the proxy \(proxy)" }
    return address.map { "\(host) at \($0)" } ?? "\(host), which is being looked up"
  }
}
