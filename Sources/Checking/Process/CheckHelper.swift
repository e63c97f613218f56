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
    guard let options = readOptions(input), let request = read(.submission, from: input),
      let submission = try? Submission(decoding: request)
    else { return ExitCode.usage.rawValue }
    return answer(submission, options, output)
  }

  private static func answer(
    _ submission: consuming Submission, _ options: CheckOptions, _ output: Int32
  ) -> Int32 {
    let run = CheckRun(submission, options: options) { progress in
      write(.progress, progress.encoded, to: output)
    }
    let done = DispatchSemaphore(value: 0)
    Task.detached {
      let diagnosis = await run.diagnose()
      write(.diagnosis, CheckRequest.encoded(diagnosis), to: output)
      await run.close()
      done.signal()
    }
    done.wait()
    return ExitCode.done.rawValue
  }

  private static func readOptions(_ input: Int32) -> CheckOptions? {
    guard let bytes = read(.options, from: input) else { return nil }
    return bytes.withBytes { span in
      unsafe span.withUnsafeBytes { unsafe CheckOptions(decoding: $0) }
    }
  }

  /// One frame of the given kind; nil at the end of input, and for anything else.
  private static func read(_ kind: HelperFrame.Kind, from input: Int32) -> SecretBuffer? {
    guard let header = read(HelperFrame.headerSize, from: input) else { return nil }
    let parsed = header.withBytes { span in
      unsafe span.withUnsafeBytes { unsafe HelperFrame.parse($0) }
    }
    guard let parsed, parsed.kind == kind else { return nil }
    return read(parsed.length, from: input)
  }

  private static func read(_ count: Int, from input: Int32) -> SecretBuffer? {
    var buffer = SecretBuffer(capacity: count)
    guard (try? buffer.fill(from: input)) == true else { return nil }
    return buffer
  }

  /// A parent that does not listen any more is no error: it has cancelled.
  private static func write(_ kind: HelperFrame.Kind, _ payload: [UInt8], to output: Int32) {
    let frame = HelperFrame.header(kind, length: payload.count) + payload
    try? unsafe FileDescriptor.write(frame.span.bytes, to: output)
  }
}
