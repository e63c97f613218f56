internal import CLinux
internal import Glibc
internal import TestSupport

/// A network of namespaces that leads nowhere: a place for clients in the middle, and a cable to each member of a cluster that
/// can be cut. Gone with this value.
package final class IsolatedNetwork: Sendable {
  /// Only root can make one; tests that need it are skipped by name elsewhere.
  package static var isAvailable: Bool {
    guard geteuid() == 0, let tool = Tool.path("ip") else { return false }
    let name = "usher-try-\(getpid())"
    guard ChildProcess.run(tool, ["netns", "add", name]).status == 0 else { return false }
    return ChildProcess.run(tool, ["netns", "del", name]).status == 0
  }

  private let name = "usher-\(getpid())"
  private let count: Int

  package init(members count: Int) {
    self.count = count
    ip(["netns", "add", hub])
    ip(["-n", hub, "link", "add", "br0", "type", "bridge"])
    ip(["-n", hub, "addr", "add", "10.77.0.254/24", "dev", "br0"])
    for link in ["br0", "lo"] { ip(["-n", hub, "link", "set", link, "up"]) }
    for member in 0..<count {
      let place = place(of: member)
      ip(["netns", "add", place])
      ip([
        "-n", hub, "link", "add", "v\(member)", "type", "veth", "peer", "name", "eth0", "netns",
        place,
      ])
      ip(["-n", hub, "link", "set", "v\(member)", "master", "br0", "up"])
      ip(["-n", place, "addr", "add", "\(host(of: member))/24", "dev", "eth0"])
      for link in ["eth0", "lo"] { ip(["-n", place, "link", "set", link, "up"]) }
    }
  }

  deinit {
    for member in 0..<count { ip(["netns", "del", place(of: member)]) }
    ip(["netns", "del", hub])
  }

  package func host(of member: Int) -> String { "10.77.0.\(member + 1)" }

  /// What stands before a command that runs where a member is.
  package func command(at member: Int) -> [String] { command(place(of: member)) }

  /// The same for whoever asks the members.
  package var clientCommand: [String] { command(hub) }

  /// From then on nobody reaches the member, and it reaches nobody.
  package func cut(_ member: Int) { ip(["-n", hub, "link", "set", "v\(member)", "down"]) }
  package func mend(_ member: Int) { ip(["-n", hub, "link", "set", "v\(member)", "up"]) }

  private var hub: String { "\(name)-hub" }
  private func place(of member: Int) -> String { "\(name)-\(member)" }

  private func command(_ namespace: String) -> [String] {
    [Tool.path("ip") ?? "ip", "netns", "exec", namespace]
  }

  private func ip(_ arguments: [String]) {
    _ = ChildProcess.run(Tool.path("ip") ?? "ip", arguments)
  }
}
