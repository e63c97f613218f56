import Basics
import Connections
import Store
import Testing

@testable import Store

@Suite("the address of a team's store")
struct EtcdAddressTests {
  private func location(_ text: String) throws -> StoreLocation {
    let environment = StoreEnvironment(
      variables: ["HOME": "/home/anna"], userID: 1000, accountHome: nil, workingDirectory: "/srv")
    return try StoreLocation(StoreChoice(store: text), in: environment)
  }

  private func refusal(_ text: String) -> String? {
    do {
      _ = try location(text)
      return nil
    } catch let error as StoreError {
      return error.explanation.why
    } catch {
      return "\(error)"
    }
  }

  @Test func `members, prefix, user and files are read, and given on as they were`() throws {
    let text = "etcds://anna@etcd-2,10.0.0.1:2380,[::1]/team/a?ca=/etc/ca.pem&cert=c.pem&key=k.pem"
    let location = try location(text)
    #expect(location.kind == .etcd)
    let team = try #require(location.team)
    #expect(team.isSecure && team.user == "anna" && team.prefix == "team/a")
    #expect(team.members.map(\.description) == ["etcd-2:2379", "10.0.0.1:2380", "[::1]:2379"])
    #expect(team.authorityFile == "/etc/ca.pem" && team.certificateFile == "/srv/c.pem")
    #expect(
      location.argument
        == "etcds://anna@etcd-2:2379,10.0.0.1:2380,[::1]:2379/team/a"
        + "?ca=/etc/ca.pem&cert=/srv/c.pem&key=/srv/k.pem")
    #expect(try self.location(location.argument) == location)
  }

  @Test func `the same store is the same, however its members are ordered`() throws {
    let one = try location("etcd://b:2379,a/usher")
    let other = try location("ETCD://a,b//")
    #expect(one.path == "etcd://a:2379,b:2379/usher" && other.path == one.path)
    #expect(one.canonicalPath == one.path)
  }

  @Test func `what cannot be meant is refused with its reason`() {
    #expect(refusal("etcd:host")?.contains("no // stands") == true)
    #expect(refusal("etcd://a,,b")?.contains("is no host") == true)
    #expect(refusal("etcd://a/b//c")?.contains("prefix") == true)
    #expect(refusal("etcd://a/ü")?.contains("prefix") == true)
    #expect(refusal("etcd://a/b?ca=x")?.contains("etcds://") == true)
    #expect(refusal("etcds://a/b?cert=x")?.contains("together") == true)
    #expect(refusal("etcds://a/b?password=x")?.contains("ca=FILE") == true)
    #expect(refusal("etcds://@a/b")?.contains("no user") == true)
  }

  @Test func `a password has no place in it, and goes nowhere in the clear`() throws {
    #expect(refusal("etcds://anna:hunter2@a/b")?.contains("whoever sees") == true)
    #expect(refusal("etcd://anna@10.0.0.1/b")?.contains("etcds://") == true)
    #expect(try location("etcd://anna@127.0.0.1/b").team?.user == "anna")
    #expect(refusal("etcd://anna@127.0.0.1.example/b") != nil)
  }
}
