internal import Basics
internal import CLinux
internal import Dispatch
internal import Glibc
internal import Requests
internal import Secrets

/// The body of the hidden subcommand: one job, a check, a fetch of a token, a call, a question of a link or the
/// taking back of values, from its request to its end.
package enum HelperProgram {
  /// The subcommand, hidden from help, under which the program is a helper process.
  package static let subcommand = "__check"

  /// Where a call writes what is answered.
  static let output: Int32 = 3
  /// Where a call reads what it sends, if the request is told elsewhere.
  static let body: Int32 = 4

  /// How long a process that was started before its job was wanted waits for it, in milliseconds. Whoever wants it later
  /// starts another.
  private static let patience: Int32 = 10 * 60 * 1000

  /// Reads the settings from `input` and gets ready; reads the request, does the job, writes to `output` what there is to
  /// tell and what it came to.
  ///
  /// Blocks the calling thread; to be called before the process has done anything else.
  /// - Returns: the exit code: 0 when the job was done, 2 when the request made no sense.
  package static func run(input: Int32, output: Int32) -> Int32 {
    let messages = MessageReader(input)
    guard let network = prepare(messages) else { return ExitCode.usage.rawValue }
    // While the request is on its way, or a person still reads.
    Task.detached { network.tls.prepare() }
    guard messages.isReadable(within: patience), let request = messages.request() else {
      return ExitCode.usage.rawValue
    }
    perform(request, messages, ReportWriter(output), network)
    return ExitCode.done.rawValue
  }

  /// What comes before everything else in a process of this kind, and the settings that it is told; nil where they make no
  /// sense.
  static func prepare(_ messages: MessageReader) -> JobNetwork? {
    ProcessHardening.apply()
    Threads.shareOneHeap()
    // The job goes with the program that wanted it. When that is gone already, reading the request fails.
    _ = linux_prctl(PR_SET_PDEATHSIG, UInt(SIGKILL))
    // What a terminal sends goes to the whole group, and to interrupt a job is that program's to decide.
    for number in [SIGINT, SIGTERM, SIGHUP] { _ = linux_signal_ignore(number) }
    guard let settings = messages.settings() else { return nil }
    Timestamp.adopt(settings.now)
    return JobNetwork(settings.options, NetworkEnvironment(Environment.value))
  }

  private static func perform(
    _ request: consuming HelperRequest, _ messages: MessageReader, _ reports: ReportWriter,
    _ network: JobNetwork
  ) {
    let done = DispatchSemaphore(value: 0)
    let box = SendOnceBox(request)
    Task.detached {
      switch box.take() {
      case .check(let submission):
        let run = CheckRun(submission, network, reports)
        reports.write(.diagnosis(await run.diagnose()))
        await run.close()
      case .token(let fetch):
        let run = TokenRun(fetch, network, reports)
        reports.write(.token(await run.token()))
        await run.close()
      case .call(let call):
        let run = CallRun(call, messages, network, reports)
        reports.write(.outcome(await run.outcome()))
        await run.close()
      case .link(let job):
        let run = LinkRun(job, network, reports)
        reports.write(.link(await run.result()))
        await run.close()
      case .revocation(let order):
        let run = RevokeRun(order, network, reports)
        reports.write(.revocation(await run.outcome()))
        await run.close()
      case nil: break
      }
      done.signal()
    }
    done.wait()
  }
}
