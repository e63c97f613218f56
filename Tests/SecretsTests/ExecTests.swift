import Basics
import CLinux
import Secrets
import TestSupport
import Testing

/// Each of these needs a process that can be replaced.
@Suite struct TakingTheProcessOver {
  /// Runs a shell script in place of the process, with a secret in its environment.
  private static func run(_ script: String, _ prepare: (inout ExecImage) throws -> Void) rethrows {
    var image = ExecImage(words: ["/bin/sh", "-c", script, "sh", "an argument"])
    try prepare(&image)
    print(image.execute())
  }

  @Test func `the command gets the values in its environment`() async {
    await #expect(processExitsWith: .exitCode(7)) {
      try Self.run(#"[ "$ACME_KEY" = "k 'EXAMPLE'" ] && [ "$1" = "an argument" ] && exit 7"#) {
        try $0.set("ACME_KEY", "k 'EXAMPLE'")
      }
    }
  }

  @Test func `a variable that was there already is replaced, and others stay`() async {
    await #expect(processExitsWith: .exitCode(7)) {
      _ = unsafe setenv("ACME_KEY", "old", 1)
      _ = unsafe setenv("ACME_OTHER", "stays", 1)
      try Self.run(
        #"[ "$(env | grep -c '^ACME_KEY=')" = 1 ] && [ "$ACME_KEY$ACME_OTHER" = newstays ] && exit 7"#
      ) {
        try $0.set("ACME_KEY", "first")
        try $0.set("ACME_KEY", "new")
      }
    }
  }

  @Test func `arguments are bytes, and are passed on as they are`() async {
    await #expect(processExitsWith: .exitCode(7)) {
      let script = #"[ "$(printf %s "$1" | od -An -tx1 | tr -d ' ')" = 66e9ff ] && exit 7"#
      let words = ["/bin/sh", "-c", script, "sh"].map { Array($0.utf8) }
      print(ExecImage(command: words + [[0x66, 0xE9, 0xFF]]).execute())
    }
  }

  @Test func `the command is found on the path, past a directory and a file that cannot be run`()
    async
  {
    await #expect(processExitsWith: .exitCode(7)) {
      _ = unsafe setenv("PATH", "/nonexistent::/etc/passwd:/usr/bin:/bin", 1)
      print(ExecImage(words: ["sh", "-c", "exit 7"]).execute())
    }
  }

  @Test func `signals that were blocked or ignored are as usual for the command`() async {
    await #expect(processExitsWith: .exitCode(7)) {
      let inherited = ProcessHardening.apply()
      var all = sigset_t()
      _ = unsafe sigfillset(&all)
      _ = unsafe sigprocmask(SIG_SETMASK, &all, nil)
      // Whoever started the tests may ignore other signals: only SIGPIPE (13) and SIGXFSZ (25) are ours.
      let script = """
        grep -q '^SigBlk:.0*$' /proc/self/status || exit 1
        ignored=$((0x$(sed -n 's/^SigIgn:.//p' /proc/self/status)))
        [ $((ignored >> 12 & 1)) = 0 ] && [ $((ignored >> 24 & 1)) = 0 ] && exit 7
        """
      print(
        ExecImage(words: ["/bin/sh", "-c", script]).execute(restoring: inherited))
    }
  }

  @Test func `the command gets the file mode mask that we were started with`() async {
    await #expect(processExitsWith: .exitCode(7)) {
      umask(0o027)
      let inherited = ProcessHardening.apply()
      print(
        ExecImage(words: ["/bin/sh", "-c", "[ $(umask) = 0027 ] && exit 7"])
          .execute(restoring: inherited))
    }
  }

  @Test func `a command that does not exist is named`() {
    let error = ExecImage(words: ["no-such-command-of-usher"]).execute()
    #expect(
      error == .failed(path: "no-such-command-of-usher", SystemError(code: ENOENT)))
  }

  @Test func `a file that may not be run is named`() {
    let error = ExecImage(words: ["/etc/passwd"]).execute()
    #expect(error == .failed(path: "/etc/passwd", SystemError(code: EACCES)))
  }

  @Test func `a script whose interpreter is missing is named for what it is`() throws {
    let folder = TemporaryDirectory()
    let path = folder.file("script")
    TextFile.write("#!/no/such/interpreter\n", to: path)
    unsafe chmod(path, 0o700)
    #expect(ExecImage(words: [path]).execute() == .noInterpreter(path: path))
  }

  @Test func `no command is an error`() {
    #expect(ExecImage(words: []).execute() == .noCommand)
    #expect(ExecImage(words: ["sh", "a\0b"]).execute() == .zeroByteInArgument)
  }

  @Test func `what an environment cannot hold is refused`() {
    #expect(throws: ExecError.zeroByte(variable: "A")) { try Self.setOnly("A", "x\0y") }
    #expect(throws: ExecError.badName("")) { try Self.setOnly("", "x") }
    #expect(throws: ExecError.badName("A=B")) { try Self.setOnly("A=B", "x") }
    let long = String(repeating: "x", count: ExecImage.capacity)
    #expect(throws: ExecError.tooLong) { try Self.setOnly("A", long) }
  }

  private static func setOnly(_ name: String, _ value: String) throws {
    var image = ExecImage(words: ["true"])
    try image.set(name, value)
  }
}

extension ExecImage {
  fileprivate init(words: [String]) { self.init(command: words.map { Array($0.utf8) }) }

  fileprivate mutating func set(_ name: String, _ value: String) throws(ExecError) {
    let buffer = SecretBuffer(fixture: value)
    try buffer.withBytes { bytes throws(ExecError) in try setVariable(name, to: bytes) }
  }
}

@Suite struct Hardening {
  @Test func `the process leaves no core file, cannot be traced, and makes files for itself`() async
  {
    await #expect(processExitsWith: .exitCode(7)) {
      ProcessHardening.apply()
      var limit = rlimit()
      _ = unsafe getrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit)
      let isDumpable = linux_prctl(PR_GET_DUMPABLE, 0)
      let mask = umask(0)
      exit(limit.rlim_cur == 0 && isDumpable == 0 && mask == 0o077 ? 7 : 1)
    }
  }

  @Test func `writing to a closed pipe is an error and not the end`() async {
    await #expect(processExitsWith: .exitCode(7)) {
      ProcessHardening.apply()
      var ends: [Int32] = [0, 0]
      _ = unsafe pipe(&ends)
      close(ends[0])
      let text = SecretBuffer(fixture: "x")
      do {
        try text.write(to: ends[1])
      } catch {
        exit((error as? SystemError)?.code == EPIPE ? 7 : 1)
      }
    }
  }
}
