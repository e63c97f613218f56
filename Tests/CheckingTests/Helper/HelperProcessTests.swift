import Checking
import Requests
import TestSupport
import Testing

/// What the helper process inherits, and what its parent makes of a bad one.
@Suite(.timeLimit(.minutes(1))) struct HelperProcessTests {
  private func text(_ path: String) -> String {
    TextFile.read(path).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  @Test func `its environment holds network settings and language and nothing else`() async {
    let directory = TemporaryDirectory()
    var helper = ShellHelper("cat /proc/$$/environ > \(directory.file("environment"))")
    helper.variables = [
      "LANG": "C.UTF-8", "HTTPS_PROXY": "http://proxy:1", "NO_PROXY": "a.example",
      "SSL_CERT_FILE": "/ca.pem", "TALLY_API_KEY": "key-EXAMPLE", "PATH": "/bin", "HOME": "/root",
    ]
    _ = await helper.check()
    let seen = text(directory.file("environment")).split(separator: "\0").sorted()
    #expect(
      seen == [
        "HTTPS_PROXY=http://proxy:1", "LANG=C.UTF-8", "LIBDISPATCH_LOG=NO", "NO_PROXY=a.example",
        "SSL_CERT_FILE=/ca.pem", "SWIFT_BACKTRACE=enable=no",
      ])
    helper.options.usesEnvironment = false
    _ = await helper.check()
    let less = text(directory.file("environment")).split(separator: "\0").sorted()
    #expect(less == ["LANG=C.UTF-8", "LIBDISPATCH_LOG=NO", "SWIFT_BACKTRACE=enable=no"])
  }

  @Test func `it has no open file but its three and no changed signal`() async {
    let directory = TemporaryDirectory()
    _ = await ShellHelper("exec ls /proc/self/fd > \(directory.file("files"))").check()
    _ = await ShellHelper(
      "exec grep -E 'SigBlk|SigIgn' /proc/self/status > \(directory.file("signals"))"
    ).check()
    // The fourth is the directory that `ls` reads.
    #expect(text(directory.file("files")).split(separator: "\n") == ["0", "1", "2", "3"])
    // Signals 32 and 33 are the C library's own.
    let masks = text(directory.file("signals")).split(separator: "\n").map {
      UInt64($0.suffix(16), radix: 16).map { $0 & 0x7fff_ffff }
    }
    #expect(masks == [0, 0])
  }

  @Test func `what it says on standard error goes nowhere and does not stop it`() async {
    let directory = TemporaryDirectory()
    let file = directory.file("errors")
    _ = await ShellHelper("readlink /proc/$$/fd/2 > \(file); echo lost >&2; echo on >> \(file)")
      .check()
    let lines = text(file).split(separator: "\n")
    #expect(lines.first?.hasPrefix("pipe:") == true)
    #expect(lines.last == "on")
  }

  @Test(arguments: [
    "kill -SEGV $$", "exit 0", "exit 3", "echo not a frame at all", "exec 0<&- 1>&-; exit 0",
    ShellHelper.printing("not a diagnosis"),
    ShellHelper.printing("", length: 2_000_000_000) + "; cat > /dev/null",
    ShellHelper.printing("{}") + "; cat > /dev/null",
    ShellHelper.printing(#"{"submission":{}}"#) + "; cat > /dev/null",
    ShellHelper.printing(#"{"progress":{"host":"a"}}"#) + "; cat > /dev/null",
    ShellHelper.printing("half", length: 100),
  ])
  func `one that crashes or talks nonsense is a failure of the check and not of the key`(
    _ script: String
  ) async {
    let diagnosis = await ShellHelper(script).check()
    #expect(diagnosis.kind == .unreachable)
    #expect(diagnosis.cause == .internalFailure)
  }

  @Test func `one that never stops talking is ended`() async throws {
    let progress = ShellHelper.printing(#"{"progress":{"host":"a","request":1}}"#)
    let diagnosis = await ShellHelper("while :; do \(progress); done").check()
    #expect(diagnosis.cause == .internalFailure)
  }

  @Test func `a program that is not there is said to be missing`() async {
    let checker = HelperChecker(program: "/nowhere/usher")
    let diagnosis = await checker.check(ShellHelper.submission())
    #expect(diagnosis.cause == .internalFailure)
    #expect(diagnosis.sentence.contains("did not start"))
  }

  @Test func `one that hangs is ended at the hard limit and leaves nothing behind`() async {
    let directory = TemporaryDirectory()
    let file = directory.file("number")
    var helper = ShellHelper("echo $$ > \(file); exec sleep 1000")
    // Long enough for a shell to start on a busy machine; the number's file is checked below.
    helper.options.limits.hard = .milliseconds(500)
    let diagnosis = await helper.check()
    #expect(diagnosis.cause == .timeout)
    #expect(TextFile.read(file)?.isEmpty == false)
    #expect(!ShellHelper.isRunning(file))
  }

  @Test func `one that does not take the request is ended at the hard limit`() async {
    var helper = ShellHelper("exec sleep 1000")
    helper.options.limits.hard = .milliseconds(300)
    let start = ContinuousClock.now
    // Longer than the kernel keeps for a socket.
    let diagnosis = await helper.check(ShellHelper.submission(length: 60_000))
    #expect(diagnosis.cause == .timeout)
    #expect(ContinuousClock.now - start < .seconds(10))
  }

  @Test func `cancelling ends it at once and leaves nothing behind`() async {
    let directory = TemporaryDirectory()
    let file = directory.file("number")
    let progress = ShellHelper.printing(#"{"progress":{"host":"a","request":7}}"#)
    let (started, continuation) = AsyncStream.makeStream(of: CheckProgress.self)
    let checker = ShellHelper("echo $$ > \(file); \(progress); exec sleep 1000").checker()
    let task = Task.detached {
      await checker.check(ShellHelper.submission()) { continuation.yield($0) }
    }
    var seen: CheckProgress?
    for await progress in started {
      seen = progress
      break
    }
    #expect(seen == CheckProgress(host: "a", request: 7))
    let start = ContinuousClock.now
    task.cancel()
    let diagnosis = await task.value
    #expect(diagnosis.kind == .cancelled)
    #expect(ContinuousClock.now - start < .seconds(5))
    #expect(!ShellHelper.isRunning(file))
  }

  /// Waits until the process with the number in a file has ended, reaped or not.
  private func awaitEnd(_ file: String) async {
    while text(file).isEmpty { await Task.yield() }
    let status = "/proc/\(text(file).filter(\.isNumber))/stat"
    while !text(status).isEmpty, !text(status).contains(") Z ") { await Task.yield() }
  }

  @Test func `the process that was started before is the one that is asked`() async {
    let directory = TemporaryDirectory()
    let file = directory.file("numbers")
    let answer = ShellHelper.printing(#"{"diagnosis":{"kind":"accepted","sentence":"So it is."}}"#)
    // Settings are shorter than what is read before the answer, and the request is longer.
    let checker = ShellHelper(
      "echo $$ >> \(file); head -c 2000 > /dev/null; \(answer); cat > /dev/null"
    )
    .checker()
    checker.prepare()
    checker.prepare()
    #expect(await checker.check(ShellHelper.submission(length: 4000)).kind == .accepted)
    #expect(text(file).split(separator: "\n").count == 1)
    #expect(await checker.check(ShellHelper.submission(length: 4000)).kind == .accepted)
    #expect(text(file).split(separator: "\n").count == 2)
  }

  @Test func `a process that has ended before it is wanted is replaced`() async {
    let directory = TemporaryDirectory()
    let file = directory.file("numbers")
    let answer = ShellHelper.printing(#"{"diagnosis":{"kind":"accepted","sentence":"So it is."}}"#)
    let checker = ShellHelper(
      "if test -e \(file); then head -c 2000 > /dev/null; \(answer); cat > /dev/null; fi; echo $$ > \(file)"
    ).checker()
    checker.prepare()
    await awaitEnd(file)
    #expect(await checker.check(ShellHelper.submission(length: 4000)).kind == .accepted)
  }

  @Test func `a process that is not wanted any more is ended`() async {
    let directory = TemporaryDirectory()
    let file = directory.file("number")
    let checker = ShellHelper("echo $$ > \(file); exec sleep 1000").checker()
    checker.prepare()
    while text(file).isEmpty { await Task.yield() }
    checker.dismiss()
    #expect(!ShellHelper.isRunning(file))
  }

  @Test func `a check that was cancelled before it began does not ask anybody`() async {
    let task = Task.detached {
      unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
      return await ShellHelper("exec sleep 1000").check()
    }
    #expect(await task.value.kind == .cancelled)
  }
}
