import LoopbackSupport
import TestSupport
import Testing

@Suite(
  "a team's store whose network falls apart",
  .enabled(if: EtcdCluster.isAvailable && IsolatedNetwork.isAvailable))
struct PartitionTests {
  private let program = UsherProgram()

  @Test(.timeLimit(.minutes(20)))
  func `the leader is cut off: the others go on, and what was acknowledged is there`() async {
    let network = IsolatedNetwork(members: 3)
    let cluster = EtcdCluster(network: network)
    let store = ["--store", cluster.address("team")]
    let rounds = Gate.size("USHER_PARTITION_SAVES", else: 6)
    #expect(Self.link("first", store, network, program.environment).status == 0)

    let leader = cluster.leader() ?? 0
    network.cut(leader)
    let environment = program.environment
    let acknowledged = await withTaskGroup(of: [String].self) { group in
      for writer in 0..<2 {
        group.addTask {
          (0..<rounds).map { "w\(writer)-\($0)" }.filter {
            Self.link($0, store, network, environment).status == 0
          }
        }
      }
      return await group.reduce(into: []) { $0 += $1 }
    }
    #expect(acknowledged.count == 2 * rounds)
    // Who is alone with the one that was cut off stores nothing, and reads nothing that is old.
    let alone = run(
      ["list", "--store", "etcd://\(cluster.places[leader])/team"],
      at: network.command(at: leader))
    #expect(alone.status == 7)
    #expect(alone.errorText.contains("no member") || alone.errorText.contains("no leader"))

    network.mend(leader)
    for name in acknowledged + ["first"] {
      #expect(run(["get", "tally/\(name)"] + store, at: network.clientCommand).text == name)
    }
    Gate.report(
      "partition",
      "the leader cut off, \(acknowledged.count) saves by 2 writers meanwhile: none lost")
  }

  private static func link(
    _ name: String, _ store: [String], _ network: IsolatedNetwork, _ environment: [String: String]
  ) -> ChildProcess {
    run(
      ["connect", "tally", "--name", name, "--from", "-", "--no-check", "--insist"] + store,
      at: network.clientCommand, environment,
      input: #"{"credentials":{"apiKey":"\#(name)"}}"#)
  }

  private func run(_ arguments: [String], at place: [String]) -> ChildProcess {
    Self.run(arguments, at: place, program.environment)
  }

  private static func run(
    _ arguments: [String], at place: [String], _ environment: [String: String], input: String = ""
  ) -> ChildProcess {
    let command = place + UsherProgram.command(arguments)
    return ChildProcess.run(
      command[0], Array(command.dropFirst()), environment: environment, input: Array(input.utf8))
  }
}
