import Basics
import Glibc
import LoopbackSupport
import TestSupport
import Testing

/// What an operator sets once: by variables, in the user's file and in the machine's.
@Suite(.timeLimit(.minutes(2)))
struct SettingsTests {
  private let program = UsherProgram()

  /// Value and origin of a setting, as `usher config --json` tells them.
  private func row(_ name: String, in result: ChildProcess) throws -> (
    value: Value?, origin: Value?
  ) {
    let rows = try Value(json: result.text)["settings"]?.list ?? []
    let row = rows.first { $0["name"]?.text == name }
    return (row?["value"], row?["origin"])
  }

  @Test func `the environment goes before the user's file, and that before the machine's`() throws {
    program.configure("# ours\nstore: ours/\nguide_days: 7\n")
    let machine = "ca: /pki/ca.pem\nguide_days: 30\nstore: /srv/store.db\n"
    let result = program.run(
      ["config", "--json"], machine: machine, adding: ["USHER_STORE": "/tmp/store.db"])
    #expect(result.status == 0, "\(result.errorText)")

    let store = try row("store", in: result)
    #expect(store.value == .string("/tmp/store.db"))
    #expect(store.origin?["variable"] == .string("USHER_STORE"))
    let days = try row("guide_days", in: result)
    #expect(days.value == .int(7))
    #expect(days.origin?["file"] == .string(program.configurationPath))
    #expect(days.origin?["line"] == .int(3))
    let authority = try row("ca", in: result)
    #expect(authority.value == .string("/pki/ca.pem"))
    #expect(authority.origin?["file"] == .string("/etc/usher/config.yaml"))
    let time = try row("check_timeout", in: result)
    #expect(time.value == .int(10))
    #expect(time.origin?["kind"] == .string("built_in"))

    // A path in a file is relative to the file, wherever the command runs.
    let own = try row("store", in: program.run(["config", "--json"]))
    #expect(own.value == .string(program.home.file(".config/usher/ours/usher.db")))
  }

  @Test func `a machine's folder that is closed to the user is left aside, and told`() throws {
    let result = program.run(["config"], machine: "stor: x\n", isClosed: true)
    #expect(result.status == 0, "\(result.errorText)")
    #expect(result.text.contains("/etc/usher/config.yaml"))
    #expect(result.text.contains("in a folder that is closed to you"), "\(result.text)")
    #expect(program.run(["list"], machine: "stor: x\n", isClosed: true).status == 0)
    #expect(program.run(["list"], machine: "stor: x\n").status == 1)
  }

  @Test func `an option goes before all of them`() {
    program.configure("store: /nowhere/at/all.db\n")
    let elsewhere = program.home.file("mine.db")
    let result = program.run(
      ["list", "--store", elsewhere], adding: ["USHER_STORE": "/nowhere/else.db"])
    #expect(result.status == 0, "\(result.errorText)")
  }

  @Test func `the two ways to an identity are one setting`() throws {
    program.configure("identity_command: [cat, key]\n")
    let result = program.run(["config", "--json"], adding: ["USHER_IDENTITY": "/srv/key.txt"])
    #expect(try row("identity", in: result).value == .string("/srv/key.txt"))
    #expect(try row("identity_command", in: result).value == .null)

    program.configure("identity: key.txt\nidentity_command: [cat, key]\n")
    let both = program.run(["list"])
    #expect(both.status == 1)
    #expect(both.errorText.contains("line 2: identity and identity_command"), "\(both.errorText)")
  }

  @Test(arguments: [
    ("\nstor: /x\n", "line 2: there is no setting stor", "did you mean store?"),
    ("colour: red\n", "line 1: there is no setting colour", "the settings are store, guides"),
    ("plain: yes\n", "plain has to be true or false", "plain: true"),
    ("check_timeout: 2h\n", "a time from 1s to 60s", "check_timeout: 20s"),
    ("check_timeout: 0\n", "a time from 1s to 60s", "check_timeout: 20s"),
    ("store: 5\n", "store has to be a path", "store: /srv"),
    ("guides: [a, {b: c}]\n", "a folder, or a list of folders", "guides: [/srv/guides"),
    ("ca: ~/ca.pem\n", "there is no shell", "ca: /etc"),
    ("identity_command: []\n", "a list of words", "[pass, show, usher]"),
    ("guide_days: -1\n", "a number of days", "0 for never"),
    ("store: a\nstore: b\n", "stands here a second time", "keep one of the two"),
    ("plain: [\n", "not valid YAML", "missing quote"),
    ("- plain\n", "keys and values", "key: value"),
  ])
  func `what is wrong with a file is told with its place, and stops every command but two`(
    _ text: String, _ why: String, _ advice: String
  ) throws {
    program.configure(text)
    for command in [["list"], ["get", "tally"], ["guides", "list"]] {
      let result = program.run(command)
      #expect(result.status == 1 && result.text.isEmpty)
      let first = result.errorText.split(separator: "\n").first ?? ""
      #expect(first.hasPrefix("usher: error: cannot use \(program.configurationPath): "))
      #expect(first.contains(why) && result.errorText.contains(advice), "\(result.errorText)")
    }
    let shown = program.run(["config"])
    #expect(shown.status == 1 && shown.text.contains("cannot be used as it is"))
    #expect(shown.errorText.contains(why))
    let problems = try Value(json: program.run(["config", "--json"]).text)["problems"]?.list
    #expect(problems?.first?["why"]?.text?.contains(why) == true)
    let doctor = program.run(["doctor"])
    #expect(doctor.status == 1 && doctor.text.contains("!!  settings: "), "\(doctor.text)")
    #expect(doctor.text.contains(why))
    for line in ["--help", "--version", "help get", "config --help"] {
      #expect(program.run(line.split(separator: " ").map(String.init)).status == 0)
    }
  }

  @Test(arguments: [
    ("USHER_CHECK_TIMEOUT", "soon", "USHER_CHECK_TIMEOUT=20s"),
    ("USHER_GUIDE_DAYS", "-3", "USHER_GUIDE_DAYS=90"),
    ("USHER_IDENTITY_COMMAND", " ", "USHER_IDENTITY_COMMAND='pass show usher'"),
    ("USHER_GUIDES", ":", "USHER_GUIDES=/srv/guides:/home/me/guides"),
  ])
  func `a variable that makes no sense is refused by its name, and told how to be set`(
    _ variable: String, _ text: String, _ advice: String
  ) {
    let result = program.run(["list"], adding: [variable: text])
    #expect(result.status == 1)
    #expect(result.errorText.contains("cannot use \(variable)"), "\(result.errorText)")
    #expect(result.errorText.contains(advice), "\(result.errorText)")
    #expect(program.run(["list"], adding: [variable: ""]).status == 0)
  }

  @Test func `a file that others may write to is not used`() {
    program.configure("plain: true\n", mode: 0o664)
    let result = program.run(["list"])
    #expect(result.status == 1)
    #expect(result.errorText.contains("mode 0664 lets others in"), "\(result.errorText)")
    #expect(result.errorText.contains("chmod go-w \(program.configurationPath)"))
    #expect(program.run(["config"]).status == 1)

    program.configure("plain: true\n")
    unsafe chmod(program.home.file(".config/usher"), 0o777)
    #expect(program.run(["list"]).errorText.contains("mode 0777 lets others in"))
  }

  @Test func `a link that leads nowhere is told with what it leads to`() {
    program.configure("")
    unsafe unlink(program.configurationPath)
    unsafe symlink("../dots/usher.yaml", program.configurationPath)
    let result = program.run(["list"])
    #expect(result.status == 1)
    #expect(
      result.errorText.contains("it is a link to ../dots/usher.yaml, and there is no such file"),
      "\(result.errorText)")
    #expect(program.run(["config"]).status == 1)
  }

  @Test func `a mistake in the machine's file is root's to mend`() {
    let result = program.run(["list"], machine: "stor: x\n")
    #expect(result.errorText.contains("root has to mend it"), "\(result.errorText)")
    #expect(result.errorText.contains("did you mean store?"), "\(result.errorText)")
    program.configure("stor: x\n")
    #expect(!program.run(["list"]).errorText.contains("root"))
  }

  @Test func `root is told where what is set for everybody is closed to them`() {
    let closed = program.run(["config"], machine: "plain: true\n", isClosed: true, isRoot: true)
    #expect(closed.status == 0, "\(closed.errorText)")
    #expect(
      closed.errorText.contains(
        "/etc/usher/config.yaml holds for root alone: /etc/usher is closed"),
      "\(closed.errorText)")
    #expect(closed.errorText.contains("chmod 755 /etc/usher opens it"), "\(closed.errorText)")
    #expect(program.run(["config"], machine: "plain: true\n", isRoot: true).errorText == "")
  }

  @Test func `what looks like a setting and is none is told, and stops nothing`() throws {
    let odd = ["USHER_STROE": "/srv/usher.db", "USHER_GUIDES": "/no/such/folder"]
    let result = program.run(["config"], adding: odd)
    #expect(result.status == 0)
    for words in [
      "warning: USHER_STROE says nothing: there is no such setting", "did you mean USHER_STORE?",
      "warning: the folder of guides /no/such/folder is not there",
      "environment USHER_GUIDES",
    ] {
      #expect(result.errorText.contains(words), "\(result.errorText)")
    }
    let doubts = try Value(json: program.run(["config", "--json"], adding: odd).text)["doubts"]
    #expect(doubts?.list?.count == 2)
    let doctor = program.run(["doctor"], adding: odd).text
    #expect(doctor.contains("?   settings: USHER_STROE says nothing"), "\(doctor)")
    #expect(program.run(["list"], adding: odd).errorText == "")
  }

  @Test func `a link to a file elsewhere is followed, and that file looked at`() throws {
    program.configure("")
    let elsewhere = program.home.file("dots")
    _ = unsafe mkdir(elsewhere, 0o755)
    TextFile.write("guide_days: 5\n", to: "\(elsewhere)/usher.yaml")
    for path in [elsewhere, "\(elsewhere)/usher.yaml"] { unsafe chmod(path, 0o755) }
    unsafe unlink(program.configurationPath)
    unsafe symlink("\(elsewhere)/usher.yaml", program.configurationPath)
    #expect(try row("guide_days", in: program.run(["config", "--json"])).value == .int(5))
    unsafe chmod(elsewhere, 0o777)
    #expect(program.run(["list"]).errorText.contains("\(elsewhere) is not used"))
  }

  @Test func `folders of guides, authorities and the time of a check hold without an option`()
    async throws
  {
    let server = try await LoopbackServer(.mute)
    let guides = program.home.file("our-guides")
    let entry = """
      {"display_name": "Slow", "auth_mode": "API_KEY",
       "proxy": {"base_url": "https://localhost:\(server.port)",
        "headers": {"x-key": "${apiKey}"}, "verification": {"method": "GET", "endpoints": ["/me"]}},
       "credentials": {"apiKey": {"type": "string", "title": "Key", "secret": true}}}
      """
    try TestProvider.write(try #require(Value(json: entry).map), slug: "slow", below: guides)
    program.configure("guides: \(guides)\ncheck_timeout: 1s\n")
    let result = program.run(
      ["connect", "slow", "--from", "-"],
      input: #"{"credentials": {"apiKey": "key-EXAMPLE"}}"#)
    #expect(result.status == 6, "\(result.errorText)")
    // Which of its steps the time ended in is up to the machine.
    #expect(result.errorText.contains("did not answer in time"), "\(result.errorText)")
  }

  @Test func `lines are asked for by the file, and a variable says otherwise`() throws {
    program.configure("plain: true\n")
    let terminal = try #require(program.start(["connect", "tally"], rows: 200))
    #expect(terminal.goOnWithoutSecondKey())
    #expect(terminal.wait(for: "Link Tally"))
    #expect(!String(decoding: terminal.output, as: UTF8.self).contains("\u{1B}[?1049h"))
    terminal.hangUp()
    let full = try #require(program.start(["connect", "tally"], adding: ["USHER_PLAIN": "0"]))
    #expect(full.wait(for: "Tally"))
    #expect(String(decoding: full.output, as: UTF8.self).contains("\u{1B}[?1049h"))
  }
}
