import Glibc
import TestSupport

/// Measures the built program as a user meets it: start to first screen, a key under the mask, `usher get`, memory, and
/// the catalogue with 1,000 and 100,000 made-up providers in one file, and 1,000 and 10,000 in folders of their own.
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
    let few = directory.file("thousand-folders")
    try SyntheticGuides.writeFolders(1000, to: few)
    let many = directory.file("ten-thousand-folders")
    try SyntheticGuides.writeFolders(10_000, to: many)
    for (name, folder) in [
      ("1,000 in one file", small), ("100,000 in one file", large), ("1,000 in folders", few),
      ("10,000 in folders", many),
    ] {
      CatalogueBench(name: name, folder: folder, cache: cache).run()
      measurePicker(Bench(program: program, home: directory.path), name, folder)
    }
  }

  private static func measurePicker(_ bench: Bench, _ name: String, _ folder: String) {
    // The first run makes the program's own index.
    report("\(name): list of nothing, cold", "ms", [bench.list(folder)].compactMap { $0 })
    report(
      "\(name): list of nothing, warm", "ms",
      (0..<starts).compactMap { _ in bench.list(folder) })
    report("\(name): start to picker", "ms", (0..<starts).compactMap { _ in bench.pick(folder) })
    let search = bench.search(folder)
    report("\(name): key in the picker to its echo", "ms", search.times)
    report("\(name): peak resident memory of the picker", "kB", [search.memory])
  }

  private static func measureWizard(_ program: String) {
    let directory = TemporaryDirectory()
    let bench = Bench(program: program, home: directory.path)
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
  /// Where it keeps its things.
  let home: String

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

  /// A search for what is not there: the whole catalogue is looked through, and hardly anything printed.
  func list(_ folder: String) -> Double? {
    let clock = ContinuousClock.now
    let result = ChildProcess.run(
      program, ["guides", "list", "qqqqqqqq", "--guides", folder], environment: environment)
    return result.text.contains("No provider") ? milliseconds(since: clock) : nil
  }

  /// The picker over a folder of guides.
  func pick(_ folder: String) -> Double? {
    let clock = ContinuousClock.now
    guard let terminal = picker(folder), terminal.wait(for: "providers") else { return nil }
    let time = milliseconds(since: clock)
    terminal.type("\u{3}")
    _ = terminal.waitForEnd()
    return time
  }

  /// Keys in the picker. Capitals, so that two of them stand nowhere on the screen but in the search itself.
  func search(_ folder: String) -> (times: [Double], memory: Double) {
    guard let terminal = picker(folder), terminal.wait(for: "providers") else { return ([], 0) }
    var times: [Double] = []
    var typed = ""
    for letter in "GRANTIE MAIL" {
      typed.append(letter)
      let clock = ContinuousClock.now
      terminal.type(String(letter))
      let sign = typed.count == 1 ? " of " : typed
      guard terminal.wait(for: sign) else { break }
      times.append(milliseconds(since: clock))
    }
    return (times, memory(below: terminal.process))
  }

  private func picker(_ folder: String) -> PseudoTerminal? {
    PseudoTerminal(
      program, ["--guides", folder, "--store", store], environment: environment)
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

  private var store: String { "\(home)/store/usher.db" }

  private var environment: [String: String] {
    ["HOME": home, "PATH": "/usr/bin:/bin", "TERM": "xterm-256color", "LANG": "C.UTF-8"]
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
