internal import Basics
internal import ProviderFormat
internal import Secrets

/// Finds out about a server that is made up.
struct FlowDiscovery {
  private let provider: Provider
  private let answers: Value?

  /// - Parameter answers: by address: `{"status": 200, "body": {…}}`. Others are not found.
  init(_ provider: Provider, _ answers: Value?) {
    self.provider = provider
    self.answers = answers
  }

  /// - Parameter address: of the server of MCP.
  /// - Returns: the addresses that were asked, in order, and what was found; nil where that is nothing.
  func run(_ address: String) -> (requests: [String], server: AuthorizationServer?) {
    var session = MCPDiscovery(provider, address: address)
    var requests: [String] = []
    while true {
      switch session.next() {
      case .done(.found(let server)): return (requests, server)
      case .done: return (requests, nil)
      case .send(let request):
        let place = request.url.withBytes { $0.shownText }
        requests.append(place)
        let answer = answers?[place]
        var status = 404
        if case .int(let given)? = answer?["status"] { status = given }
        session.receive(
          CheckAnswer(
            status: status, body: SecretBuffer(text: answer?["body"]?.json ?? "", capacity: 1)))
      }
    }
  }
}
