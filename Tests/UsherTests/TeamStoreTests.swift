import LoopbackSupport
import TestSupport
import Testing

@Suite("the program and a team's store", .enabled(if: EtcdCluster.isAvailable))
struct TeamStoreTests {
  private let cluster = EtcdCluster.shared
  private let program = UsherProgram()

  private func address() -> String {
    cluster.address(String(program.home.path.split(separator: "/").last ?? ""))
  }

  private func link(_ name: String, _ secret: String, _ arguments: [String]) -> ChildProcess {
    program.run(
      ["connect", "tally", "--name", name, "--from", "-", "--no-check", "--insist"] + arguments,
      input: #"{"credentials":{"apiKey":"\#(secret)"}}"#)
  }

  @Test(.timeLimit(.minutes(5)))
  func `every day of it: linked, listed, handed out, sealed for another key, sealed anew`() {
    let store = ["--store", address()]
    #expect(program.run(["list"] + store).status == 0)
    #expect(link("a", "first-EXAMPLE", store).status == 0)
    #expect(link("b", "second-EXAMPLE", store).status == 0)
    #expect(link("a", "other-EXAMPLE", store).status == 2)
    #expect(program.run(["list"] + store).text.contains("tally/b"))
    #expect(program.run(["get", "tally/a"] + store).text == "first-EXAMPLE")
    let run = program.run(["run", "tally/a"] + store + ["--", "sh", "-c", "echo $TALLY_API_KEY"])
    #expect(run.text == "first-EXAMPLE\n")
    #expect(program.run(["keys", "rotate", "--yes"] + store).status == 0)
    #expect(program.run(["get", "tally/b"] + store).text == "second-EXAMPLE")
    #expect(program.run(["rename", "tally/b", "c"] + store).status == 0)
    #expect(program.run(["remove", "tally/c", "--yes"] + store).status == 0)
    #expect(program.run(["get", "tally/c"] + store).status == 8)
    let doctor = program.run(["doctor"] + store)
    #expect(doctor.text.contains("answers, etcd 3."))
    #expect(doctor.text.contains("is sound, 1 connection"))
    let backup = program.run(["export", "--all"] + store)
    #expect(backup.status == 0 && backup.output.count > 1000)
    #expect(!String(decoding: cluster.dump(""), as: UTF8.self).contains("first-EXAMPLE"))
  }

  @Test(.timeLimit(.minutes(5)))
  func `it stands in the configuration, and a store goes there and back`() {
    #expect(link("a", "first-EXAMPLE", []).status == 0)
    let copied = program.run(["store", "copy", program.storePath, address()])
    #expect(copied.status == 0, "\(copied.errorText)")
    #expect(copied.text.contains("Sealed things read back, and as they were: 2"))
    program.configure("store: \(address())\n")
    #expect(program.run(["get", "tally/a"]).text == "first-EXAMPLE")
    #expect(link("b", "second-EXAMPLE", []).status == 0)
    #expect(program.run(["config"]).text.contains("etcd://"))
    let back = program.home.file(".local/share/usher/back.db")
    #expect(program.run(["store", "copy", address(), back]).status == 0)
    #expect(program.run(["get", "tally/b", "--store", back]).text == "second-EXAMPLE")
    // The first one is as it was, and not the same any more.
    let other = program.run(["store", "copy", back, program.storePath])
    #expect(other.status == 0)
  }

  @Test func `what cannot be reached is said, with what to do`() {
    let dead = program.run(["list", "--store", "etcd://127.0.0.1:\(DeadPort.number)/x"])
    #expect(dead.status == 7)
    #expect(dead.errorText.contains("no member could be asked"))
    #expect(dead.errorText.contains("refused the connection"))
    let password = program.run(["list", "--store", "etcds://anna:hunter2@127.0.0.1/x"])
    #expect(password.status == 7 && !password.errorText.contains("hunter2"))
    #expect(password.errorText.contains("--store-password-fd N"))
  }

  @Test(.timeLimit(.minutes(5)))
  func `the password of a user comes by a descriptor`() {
    let cluster = EtcdCluster(members: 1)
    for words in [
      ["user", "add", "root:root-EXAMPLE"], ["user", "grant-role", "root", "root"],
      ["auth", "enable"],
    ] { cluster.control(words) }
    let store = "etcd://root@\(cluster.places[0])/team"
    func list(_ password: String) -> ChildProcess {
      let file = program.write(password + "\n", to: "password")
      return ChildProcess.run(
        "/bin/sh",
        ["-c", "exec \"$@\" 3< '\(file)'", "sh"]
          + UsherProgram.command(["list", "--store", store, "--store-password-fd", "3"]),
        environment: program.environment)
    }
    let right = list("root-EXAMPLE")
    #expect(right.status == 0, "\(right.errorText)")
    let wrong = list("wrong-EXAMPLE")
    #expect(wrong.status == 7 && wrong.errorText.contains("do not take the name root"))
    #expect(!wrong.errorText.contains("wrong-EXAMPLE"))
    let unasked = program.run(["list", "--store", store])
    #expect(unasked.status == 7 && unasked.errorText.contains("there is no terminal"))
  }
}
