internal import Basics
internal import CLinux
internal import Dispatch
internal import Drafts
internal import Requests
internal import Secrets

/// The body of the hidden subcommand: one check, from request to diagnosis.
package enum CheckHelper {
  /// Reads the request from `input`, makes the check, writes progress and diagnosis to `output`.
  ///
  /// Blocks the calling thread; to be called before the process has done anything else.
  /// - Returns: the exit code: 0 when a diagnosis was written, 2 when the request made no sense.
  package static func run(input: Int32, output: Int32) -> Int32 {
    ProcessHardening.apply()
    // The check goes with the program that wanted it. When that is gone already, reading the request fails.
    _ = linux_prctl(PR_SET_PDEATHSIG, UInt(SIGKILL))
    guard let request = readRequest(input) else { return ExitCode.usage.rawValue }
    return answer(request, output)
  }

  private static func answer(_ request: consuming HelperRequest, _ output: Int32) -> Int32 {
    let options = request.options
    let run = CheckRun(request.submission, options: options) { progress in
      write(.progress(progress), to: output)
    }
    let done = DispatchSemaphore(value: 0)
    Task.detached {
      write(.diagnosis(await run.diagnose()), to: output)
      await run.close()
      done.signal()
    }
    done.wait()
    return ExitCode.done.rawValue
  }

  /// Nil at the end of input, and for anything that is no request.
  private static func readRequest(_ input: Int32) -> HelperRequest? {
    let length = read(HelperFrame.headerSize, from: input)?.withBytes { header in
      HelperFrame.length(header, limit: HelperRequest.limit)
    }
    guard let length = length ?? nil, let text = read(length, from: input) else { return nil }
    return text.withBytes { HelperRequest($0) }
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
