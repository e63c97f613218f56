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

  /// How long a process that was started before its job was wanted waits for it. Whoever wants it later starts another.
  private static let patience = Duration.seconds(10 * 60)

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
      if let request = box.take() { await report(on: request, messages, reports, network) }
      done.signal()
    }
    done.wait()
  }

  private static func report(
    on request: consuming HelperRequest, _ messages: MessageReader, _ reports: ReportWriter,
    _ network: JobNetwork
  ) async {
    switch consume request {
    case .check(let submission):
      let transport = network.transport(NetworkRules(submission), reports)
      var session = CheckSession(submission)
      reports.write(.diagnosis(await transport.outcome(of: &session) { $0.next() }))
      await transport.close()
    case .token(let fetch):
      let transport = network.transport(NetworkRules(fetch.submission), reports)
      var session = TokenSession(fetch.submission, known: fetch.known)
      reports.write(.token(await transport.outcome(of: &session) { $0.next() }))
      await transport.close()
    case .call(let call):
      let run = CallRun(call, messages, network, reports)
      reports.write(.outcome(await run.outcome()))
      await run.close()
    case .link(let job):
      let transport = network.transport(NetworkRules(job), reports)
      let run = LinkRun(transport: transport, reports: reports)
      reports.write(.link(await run.result(of: job)))
      await transport.close()
    case .revocation(let order):
      let transport = network.transport(NetworkRules(order.submission), reports)
      var session = RevocationSession(order)
      let outcome = await transport.outcome(of: &session) {
        // A slow check before or behind it takes nothing of its time. All together are bounded by whoever waits.
        transport.renewLimits()
        return $0.next()
      }
      reports.write(.revocation(outcome))
      await transport.close()
    }
  }
}
