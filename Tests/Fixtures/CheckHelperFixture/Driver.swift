import Basics
import CLinux
import Checking
import Drafts
import ProviderFormat
import Requests
import Secrets
import Synchronization
import TestSupport

/// The program that wants checks made: blocks its main thread in `poll` as the interface does, checks on a detached
/// task, and then looks for what was left behind. Prints one line for each check and one for the remains:
///
///     accepted - 23
///     residues 1 0 files 5 5 children 0
///
/// that is: kind, cause and milliseconds of each check; copies of the secret while it was held and after; open files
/// before and after; processes that were not reaped.
struct Driver: Sendable {
  private let url: String
  private let count: Int
  private let marker = MemoryScan.marker(length: 40)

  /// Address of the provider, and how often to check.
  init(_ arguments: [String]) {
    url = arguments.first ?? ""
    count = arguments.count > 1 ? Int(arguments[1]) ?? 1 : 1
  }

  func run() -> Int32 {
    ProcessHardening.apply()
    let done = eventfd(0, Int32(EFD_CLOEXEC))
    let finished = Finished()
    Task.detached {
      let result = await checks()
      finished.set(result)
      var one: UInt64 = 1
      _ = unsafe write(done, &one, MemoryLayout<UInt64>.size)
    }
    var file = pollfd(fd: done, events: Int16(POLLIN), revents: 0)
    while unsafe poll(&file, 1, -1) < 1 {}
    for line in finished.lines { print(line) }
    return 0
  }

  private func checks() async -> [String] {
    let checker = HelperChecker()
    var lines: [String] = []
    // What is opened once and stays open is opened by the first check.
    _ = await checker.check(submission()) { _ in }
    let files = openFiles()
    var held = 0
    for _ in 0..<count {
      let submission = submission()
      held = residues()
      let start = ContinuousClock.now
      let diagnosis = await checker.check(submission) { _ in }
      let milliseconds = (ContinuousClock.now - start) / Duration.milliseconds(1)
      lines.append(
        "\(diagnosis.kind.rawValue) \(diagnosis.cause?.rawValue ?? "-") \(Int(milliseconds))")
    }
    lines.append(
      "residues \(held) \(residues()) files \(files) \(openFiles()) children \(children())")
    return lines
  }

  private func submission() -> Submission {
    let entry = """
      {"display_name":"Loopback","auth_mode":"API_KEY","proxy":{"base_url":"\(url)",
      "headers":{"authorization":"Bearer ${apiKey}"},
      "verification":{"method":"GET","endpoints":["/me"]}},
      "credentials":{"apiKey":{"type":"string","title":"API key"}}}
      """
    var value = SecretBuffer()
    for index in 0..<marker.count { value.append(marker.byte(index)) }
    var values = SecretValues()
    values.set(Field.ID(.credentials, "apiKey"), to: value)
    guard let map = try? Value(json: entry).map else { fatalError("the entry is not JSON") }
    return Submission(
      provider: Provider(slug: "loopback", entry: map, origin: .folder("/test")), values: values)
  }

  private func residues() -> Int {
    // A hardened process can read its own memory only when it is root's.
    _ = linux_prctl(PR_SET_DUMPABLE, 1)
    defer { _ = linux_prctl(PR_SET_DUMPABLE, 0) }
    return marker.occurrences()
  }

  private func openFiles() -> Int {
    (0..<Int32(256)).count { file in
      var facts = stat()
      return unsafe fstat(file, &facts) == 0
    }
  }

  /// How many processes of ours have ended and are still waiting to be reaped.
  private func children() -> Int {
    var count = 0
    var status: Int32 = 0
    while unsafe waitpid(-1, &status, WNOHANG) > 0 { count += 1 }
    return count
  }

  /// Carries the lines from the task to the main thread.
  private final class Finished: Sendable {
    private let slot = Mutex<[String]>([])
    var lines: [String] { slot.withLock { $0 } }
    func set(_ lines: [String]) { slot.withLock { $0 = lines } }
  }
}
