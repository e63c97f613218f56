import Basics
import Glibc
import TestSupport
import Testing

/// Units that are written, and what stands in the way of that.
extension WireTests {
  @Test func `a wiring is undone by the commands that are printed`() throws {
    let socket = wire("app", "depot", "--write")
    #expect(!socket.text.contains("no longer uses"))
    let file = wire("app", "depot", "--file", "--write", "--replace")
    let left = commands(of: file.text, behind: "It no longer uses")
    #expect(left.first == "systemctl --user disable --now usher-depot-default-apiKey.socket")
    for command in left + commands(of: file.text, behind: "To undo it")
    where !command.hasPrefix("systemctl") {
      #expect(run(command).status == 0, "\(command)")
    }
    let names =
      (FilePath.names(in: units) ?? []) + (FilePath.names(in: "\(units)/app.service.d") ?? [])
    #expect(names == ["app.service.d"], "\(file.text)")
  }

  @Test func `a service that begins with a minus is no option`() {
    let result = usher.run(["wire", "--", "-x", "depot"])
    #expect(
      commands(of: result).last == "systemctl --user restart -- -x.service", "\(result.errorText)")
  }

  @Test func `writing twice changes nothing, and what somebody else wrote is left alone`() throws {
    let path = "\(units)/app.service.d/usher-depot-default.conf"
    #expect(wire("app", "depot", "--write").text.contains("Wrote \(path).\n"))
    let before = try #require(try FileStatus(of: path, in: AT_FDCWD))
    #expect(before.mode == 0o644)
    #expect(wire("app", "depot", "--write").text.contains("\(path) is unchanged.\n"))
    #expect(try FileStatus(of: path, in: AT_FDCWD) == before)
    let refused = wire("app", "depot", "--credential", "key", "--write")
    #expect(refused.status == 1)
    #expect(refused.errorText.contains("holds an earlier wiring, which gives depot.apiKey,"))
    #expect(refused.errorText.contains("name every field that the service is to have"))
    #expect(try FileStatus(of: path, in: AT_FDCWD) == before)
    #expect(wire("app", "depot", "--credential", "key", "--write", "--replace").status == 0)
    let text = String(decoding: TextFile.read(path) ?? [], as: UTF8.self)
    #expect(text.contains("LoadCredential=key:"))
    TextFile.write("[Service]\n", to: path)
    if geteuid() == 0 { unsafe chown(path, UsherProgram.nobody, UsherProgram.nobody) }
    let foreign = wire("app", "depot", "--write")
    #expect(foreign.errorText.contains("what somebody wrote"), "\(foreign.errorText)")
    #expect(TextFile.read(path) == Array("[Service]\n".utf8))
  }

  @Test(arguments: [
    ("app.socket", "is no service"), ("a/b", "is no name of a service"), ("@x", "is no name"),
    ("a b", "is no name of a service"), ("a%n", "is no name"), ("..", "is no name"),
    (".service", "is no name"), (String(repeating: "a", count: 250), "255"),
  ])
  func `only a service is wired`(_ unit: String, _ why: String) {
    let result = wire(unit, "depot")
    #expect(result.status == 2)
    #expect(result.errorText.contains(why), "\(result.errorText)")
    #expect(result.text == "")
  }

  @Test(arguments: [
    (["app", "depot", "--credential", "a/b"], 2, "name of a credential"),
    (["app", "depot", "--credential", "a:b"], 2, "name of a credential"),
    (["app", "depot", "nope"], 8, "has no field nope"), (["app", "dept"], 8, "no connection dept"),
    (["app", "forge"], 8, "no connection forge"), (["app", "depot", "--encrypted"], 2, "--system"),
    (["app", "depot", "--replace"], 2, "belongs to --write"),
  ])
  func `what cannot be wired is told`(_ words: [String], _ status: Int32, _ why: String) {
    let result = usher.run(["wire"] + words)
    #expect(result.status == status)
    #expect(result.errorText.contains(why), "\(result.errorText)")
  }

  @Test func `only root writes units of the machine`() {
    let result = wire("app", "depot", "--system", "--write")
    #expect(result.status == 2)
    #expect(result.errorText.contains("written by root"))
  }
}
