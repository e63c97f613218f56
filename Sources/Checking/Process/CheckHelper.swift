internal import Basics
internal import CLinux
internal import Dispatch
internal import Drafts
internal import Glibc
internal import Requests
internal import Secrets

/// The body of the hidden subcommand: one check, from request to diagnosis.
package enum CheckHelper {
  /// How long a process that was started before its check was wanted waits for it, in milliseconds. Whoever wants it later
  /// starts another.
  private static let patience: Int32 = 10 * 60 * 1000

  /// Reads the settings from `input` and gets ready; reads the request, makes the check, writes progress and diagnosis to
  /// `output`.
  ///
  /// Blocks the calling thread; to be called before the process has done anything else.
  /// - Returns: the exit code: 0 when a diagnosis was written, 2 when the request made no sense.
  package static func run(input: Int32, output: Int32) -> Int32 {
    ProcessHardening.apply()
    // The check goes with the program that wanted it. When that is gone already, reading the request fails.
    _ = linux_prctl(PR_SET_PDEATHSIG, UInt(SIGKILL))
    guard let settings = readSettings(input) else { return ExitCode.usage.rawValue }
    let options = settings.options
    let environment = NetworkEnvironment(Environment.value)
    let tls = TLSContexts(options, environment)
    // While the request is on its way, or a person still reads.
    Task.detached { tls.prepare() }
    guard isReadable(input), let request = readRequest(input) else {
      return ExitCode.usage.rawValue
    }
    let run = CheckRun(
      request.submission, options: options, environment: environment, tls: tls
    ) { progress in
      write(.progress(progress), to: output)
    }
    return answer(run, output)
  }

  private static func answer(_ run: sending CheckRun, _ output: Int32) -> Int32 {
    let done = DispatchSemaphore(value: 0)
    Task.detached {
      write(.diagnosis(await run.diagnose()), to: output)
      await run.close()
      done.signal()
    }
    done.wait()
    return ExitCode.done.rawValue
  }

  /// Waits for something to read, the end included; false when it takes too long.
  private static func isReadable(_ input: Int32) -> Bool {
    var file = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
    var count = unsafe poll(&file, 1, patience)
    while count < 0, linux_errno() == EINTR { count = unsafe poll(&file, 1, patience) }
    return count != 0
  }

  private static func readSettings(_ input: Int32) -> HelperSettings? {
    readFrame(input, limit: HelperSettings.limit)?.withBytes { HelperSettings($0) } ?? nil
  }

  private static func readRequest(_ input: Int32) -> HelperRequest? {
    readFrame(input, limit: HelperRequest.limit)?.withBytes { HelperRequest($0) } ?? nil
  }

  /// Nil at the end of input, and for anything that is no frame.
  private static func readFrame(_ input: Int32, limit: Int) -> SecretBuffer? {
    let length = read(HelperFrame.headerSize, from: input)?.withBytes { header in
      HelperFrame.length(header, limit: limit)
    }
    guard let length = length ?? nil else { return nil }
    return read(length, from: input)
  }

  private static func read(_ count: Int, from input: Int32) -> SecretBuffer? {
    var buffer = SecretBuffer(capacity: count)
    guard (try? buffer.fill(from: input)) == true else { return nil }
    return buffer
  }

  /// A parent that does not listen any more is no error: it has cancelled.
  private static func write(_ report: HelperReport, to output: Int32) {
    try? report.framed?.write(to: output)
  }
}
