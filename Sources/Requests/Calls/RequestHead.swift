/// What stands before the body of a request, as it is shown: with a mark in place of each secret.
package struct RequestHead: Sendable, Equatable {
  /// `GET`, in capitals.
  package var method: String
  /// The absolute address.
  package var address: String
  /// In the order in which they are sent. What the transport adds by itself is not among them.
  package var headers: [APICall.Header]

  package init(method: String, address: String, headers: [APICall.Header]) {
    self.method = method
    self.address = address
    self.headers = headers
  }
}
