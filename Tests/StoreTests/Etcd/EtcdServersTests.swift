import Basics
import Connections
import LoopbackSupport
import Store
import TestSupport
import Testing

@testable import Store

@Suite(
  "servers that want to know who asks",
  .enabled(if: EtcdCluster.isAvailable && LoopbackCertificates.tool != nil), .serialized)
struct EtcdServersTests {
  /// With a user who may use what begins with `team/`.
  private func makeUsers(_ cluster: EtcdCluster) {
    for words in [
      ["user", "add", "root:root-EXAMPLE"], ["user", "grant-role", "root", "root"],
      ["user", "add", "anna:anna-EXAMPLE"], ["role", "add", "team"],
      ["role", "grant-permission", "team", "readwrite", "--prefix=true", "team/"],
      ["user", "grant-role", "anna", "team"], ["auth", "enable"],
    ] { cluster.control(words) }
  }

  @Test(.timeLimit(.minutes(5)))
  func `name and password are asked for, and what is refused is said`() throws {
    let cluster = EtcdCluster(members: 1)
    makeUsers(cluster)
    let home = TestHome()
    let place = cluster.places[0]
    let store = home.teamStore(at: "etcd://anna@\(place)/team", password: "anna-EXAMPLE")
    try store.save("x-EXAMPLE")
    #expect(try store.secret() == "x-EXAMPLE")
    try store.keep("token-EXAMPLE")
    try store.rotateIdentity()
    #expect(!store.examine().contains { $0.state == .bad })

    func why(_ store: TestStore) -> String? {
      failure { () throws(StoreError) in _ = try store.list() }?.explanation.why
    }
    let wrong = home.teamStore(at: "etcd://anna@\(place)/team", password: "other-EXAMPLE")
    #expect(why(wrong)?.contains("do not take the name anna") == true)
    let nobody = home.teamStore(at: "etcd://\(place)/team")
    #expect(why(nobody)?.contains("want to know who asks") == true)
    let unasked = home.teamStore(at: "etcd://anna@\(place)/team")
    #expect(why(unasked)?.contains("the password of anna, and nobody is here") == true)
    let elsewhere = home.teamStore(at: "etcd://anna@\(place)/other", password: "anna-EXAMPLE")
    #expect(why(elsewhere) == "the user anna may not do that there")
  }

  @Test(.timeLimit(.minutes(5)))
  func `with TLS an authority of one's own is trusted, and a certificate is shown`() throws {
    let certificates = LoopbackCertificates()
    let cluster = EtcdCluster(
      certificates: EtcdCluster.LoopbackFiles(
        authority: certificates.authority, certificate: certificates.certificate(.member),
        key: certificates.key(.member), wantsClients: true))
    let home = TestHome()
    let shown =
      "&cert=\(certificates.certificate(.client))&key=\(certificates.key(.client))"
    let address = cluster.address("team")
    let store = home.teamStore(at: "\(address)?ca=\(certificates.authority)\(shown)")
    try store.save("x-EXAMPLE")
    #expect(try store.secret() == "x-EXAMPLE")

    func why(_ query: String) -> String {
      let store = home.teamStore(at: address + query)
      return failure { () throws(StoreError) in _ = try store.list() }?.explanation.why ?? ""
    }
    #expect(why("?ca=\(certificates.otherAuthority)\(shown)").contains("authority"))
    #expect(why("?ca=\(certificates.authority)").contains("no member could be asked"))
    #expect(
      why("?ca=\(certificates.authority)&cert=/nowhere&key=/nowhere")
        .contains("/nowhere cannot be read"))
  }
}
