package import Requests

/// What it takes to reach a store that is not on this machine.
package struct StoreNetwork: Sendable {
  let gateway: GatewayMaker
  let passwords: (any StorePasswordSource)?

  /// - Parameters:
  ///   - gateway: asks the members of a cluster.
  ///   - passwords: asked where the store's address names a user; nil where nobody can be.
  package init(gateway: @escaping GatewayMaker, passwords: (any StorePasswordSource)? = nil) {
    self.gateway = gateway
    self.passwords = passwords
  }

  /// For who has to do with stores on this machine alone.
  package static let none = StoreNetwork(gateway: { _ in NoGateway() })

  private final class NoGateway: Gateway {
    func post(
      _ body: RawSpan, to path: String, at member: Int, token: String?
    ) throws(GatewayFailure) -> GatewayAnswer {
      throw GatewayFailure(reason: "nothing here asks the network", isUnsent: true)
    }
    func `repeat`(
      _ body: [UInt8], to path: String, every period: Duration, token: String?, as name: String
    ) {}
    func cease(_ name: String) {}
  }
}

extension StoreLocation {
  /// The engine that keeps the store.
  func engine(notice: StoreNotice.Receiver?, network: StoreNetwork) -> any StoreEngine {
    guard let team else { return SQLiteEngine(at: self, notice: notice) }
    let target = GatewayTarget(
      members: team.members, authorityFile: team.authorityFile,
      certificateFile: team.certificateFile, keyFile: team.keyFile)
    let client = EtcdClient(team, network.gateway(target), passwords: network.passwords)
    return EtcdEngine(client: client, notice: notice)
  }
}
