import Checking
import Connections
import LoopbackSupport
import Secrets
import Store
import TestSupport

@testable import Store

/// Stores in a real cluster.
extension TestHome {
  /// A store that no other test uses, in the cluster of all tests; the same one for the same home.
  func teamStore(_ choice: StoreChoice = StoreChoice()) -> TestStore {
    teamStore(choice, at: EtcdCluster.shared.address(teamPrefix))
  }

  /// What its keys begin with.
  var teamPrefix: String { String(path.split(separator: "/").last ?? "") }

  func teamStore(
    _ choice: StoreChoice = StoreChoice(), at address: String, password: String? = nil,
    notices: Notices? = nil
  ) -> TestStore {
    let location = location(choice.naming(address))
    var notice: StoreNotice.Receiver?
    if let notices { notice = { notices.add($0) } }
    return TestStore(
      handle: StoreHandle(
        at: location, notice: notice, network: TeamNetwork.network(password: password)))
  }
}

/// The way to a cluster, by a process that stands in for the program.
enum TeamNetwork {
  static func network(password: String? = nil) -> StoreNetwork {
    StoreNetwork(
      gateway: { HelperGateway($0, program: TestFile.fixture("CheckHelperFixture")) },
      passwords: password.map { TestPassword(text: $0) })
  }

  private struct TestPassword: StorePasswordSource {
    let text: String

    func password(
      of user: String, at store: String, attempt: Int
    ) throws(StoreError) -> SecretBuffer? { attempt == 1 ? TestRecord.buffer(text) : nil }
  }
}
