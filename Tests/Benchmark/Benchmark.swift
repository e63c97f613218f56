import Glibc
import TestSupport

/// Measures the built program as a user meets it: start to first screen, a key under the mask, `usher get`, memory, and
/// the catalogue with 1,000 and 100,000 made-up providers.
///
/// `swift run -c release UsherBenchmark .build-static/usher`, with `catalogue` behind it for that part alone. Medians;
/// compare runs of one machine only.
@main
enum Benchmark {
  private static let starts = 20
  private static let keys = 64

  static func main() {
    let arguments = CommandLine.arguments.dropFirst()
    guard let program = arguments.first, ["", "catalogue"].contains(arguments.dropFirst().joined())
    else {
      print("usage: UsherBenchmark PATH-OF-USHER [catalogue]")
      exit(2)
    }
    if arguments.count == 1 { measureWizard(program) }
    do {
      try measureCatalogue(program)
    } catch {
      print("the made-up guides cannot be written: \(error)")
      exit(1)
    }
  }

  private static func measureCatalogue(_ program: String) throws {
    let directory = TemporaryDirectory()
    let cache = directory.file("cache")
    let small = directory.file("thousand")
    try SyntheticGuides.writeRepository(1000, guides: 1000, to: small)
    let large = directory.file("hundred-thousand")
    try SyntheticGuides.writeRepository(100_000, guides: 0, to: large)
    let folders = directory.file("folders")
    try SyntheticGuides.writeFolders(100_000, to: folders)
    for (name, folder) in [
      ("1,000 in one file", small), ("100,000 in one file", large),
      ("100,000 in folders", folders),
    ] {
      CatalogueBench(name: name, folder: folder, cache: cache).run()
      let bench = Bench(program: program, store: directory.file("store/usher.db"))
      // The first start makes the program's own index.
      _ = bench.pick(from: folder)
      report(
        "\(name): start to picker", "ms", (0..<starts).compactMap { _ in bench.pick(from: folder) })
    }
  }

  private static func measureWizard(_ program: String) {
    let directory = TemporaryDirectory()
    let bench = Bench(program: program, store: directory.file("store/usher.db"))
    bench.prepare()
    report("start to first screen", "ms", (0..<starts).compactMap { _ in bench.start() })
    report("usher get, whole process", "ms", (0..<starts).compactMap { _ in bench.get() })
    let typed = bench.type(keys)
    report("key under the mask to its echo", "ms", typed.times)
    report("bytes written for a key", "bytes", typed.bytes)
    report("peak resident memory of the wizard", "kB", [typed.memory])
  }

  static func report(_ name: String, _ unit: String, _ values: [Double]) {
    let sorted = values.sorted()
    guard !sorted.isEmpty else { return print("\(name): not measured") }
    let shown = [sorted[sorted.count / 2], sorted[0], sorted[sorted.count - 1]].map {
      String(Double(Int($0 * 100)) / 100)
    }
    print("\(name): \(shown[0]) \(unit) (\(shown[1])…\(shown[2]), n=\(sorted.count))")
  }
}

/// One program under measurement.
struct Bench {
  let program: String
  let store: String

  private static let values =
    #"{"credentials": {"apiKey": "tly-0aZ9bY8cX7dW6eV5fU4gT3hS2EXAMPLE"}}"#

  /// Links an account, so that there is something to get.
  func prepare() {
    let result = ChildProcess.run(
      program, ["connect", "tally", "--from", "-", "--no-check", "--store", store],
      environment: environment, input: Array(Bench.values.utf8))
    if result.status != 0 { print(result.errorText) }
  }

  func start() -> Double? {
    let clock = ContinuousClock.now
    guard let terminal = open(), terminal.wait(for: "Start") else { return nil }
    let time = milliseconds(since: clock)
    terminal.type("\u{3}")
    _ = terminal.waitForEnd()
    return time
  }

  /// The picker over a folder of guides.
  func pick(from folder: String) -> Double? {
    let clock = ContinuousClock.now
    guard
      let terminal = PseudoTerminal(
        program, ["--guides", folder, "--store", store], environment: environment),
      terminal.wait(for: "providers")
    else { return nil }
    let time = milliseconds(since: clock)
    terminal.type("\u{3}")
    _ = terminal.waitForEnd()
    return time
  }

  func get() -> Double? {
    let clock = ContinuousClock.now
    let result = ChildProcess.run(
      program, ["get", "tally", "--store", store], environment: environment)
    return result.status == 0 ? milliseconds(since: clock) : nil
  }

  func type(_ count: Int) -> (times: [Double], bytes: [Double], memory: Double) {
    guard let terminal = open(), terminal.wait(for: "Start") else { return ([], [], 0) }
    terminal.type("\r")
    guard terminal.wait(for: "Step 1 of") else { return ([], [], 0) }
    var times: [Double] = []
    var bytes: [Double] = []
    for number in 1...count {
      let before = terminal.output.count
      let clock = ContinuousClock.now
      terminal.type("x")
      guard terminal.wait(for: "\(number) character") else { break }
      times.append(milliseconds(since: clock))
      bytes.append(Double(terminal.output.count - before))
    }
    return (times, bytes, memory(below: terminal.process))
  }

  private func open() -> PseudoTerminal? {
    PseudoTerminal(
      program, ["connect", "tally", "--name", "bench", "--store", store], environment: environment)
  }

  private var environment: [String: String] {
    var environment = ["PATH": "/usr/bin:/bin", "TERM": "xterm-256color", "LANG": "C.UTF-8"]
    if let home = unsafe getenv("HOME") { environment["HOME"] = unsafe String(cString: home) }
    return environment
  }

  /// The larger of supervisor and interface.
  private func memory(below process: Int32) -> Double {
    ([process] + PseudoTerminal.children(of: process)).map { process in
      let status = String(
        decoding: TextFile.read("/proc/\(process)/status") ?? [], as: UTF8.self)
      let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
      return line.flatMap { Double($0.filter(\.isNumber)) } ?? 0
    }.max() ?? 0
  }

  private func milliseconds(since start: ContinuousClock.Instant) -> Double {
    let passed = ContinuousClock.now - start
    return Double(passed.components.attoseconds) / 1e15 + Double(passed.components.seconds) * 1e3
  }
}
