import BenchmarkProbe
import Glibc

/// Measures the built program as a user meets it, part by part, beside what else does the like on this machine. It
/// judges nothing: it prints. `Tests/Benchmark/README.md` says how to run it and what each figure means.
@main
enum Benchmark {
  static func main() async {
    let arguments: Arguments
    do {
      arguments = try Arguments(Array(CommandLine.arguments.dropFirst()))
    } catch {
      print("UsherBenchmark: \(error.reason)\n\n\(Arguments.usage)")
      exit(2)
    }
    // Programs that are left behind by a broken run become children, which are waited for.
    _ = probe_adopt_orphans()
    do {
      let bench = try Bench(arguments)
      bench.report.printHead(bench.subjects)
      for part in arguments.parts { await part.run(bench) }
    } catch {
      print("UsherBenchmark: \(error.reason)")
      exit(1)
    }
  }
}

/// What the parts share.
struct Bench {
  let workspace: Workspace
  let subjects: [Subject]
  let stores: MadeStores
  let report: Report

  init(_ arguments: Arguments) throws(Unmeasured) {
    workspace = try Workspace()
    var subjects: [Subject] = []
    for (index, path) in arguments.programs.enumerated() {
      subjects.append(
        try Subject(
          label: Bench.label(index, of: arguments.programs.count), path: path, in: workspace))
    }
    self.subjects = subjects
    stores = MadeStores(workspace: workspace, kept: arguments.stores)
    report = Report(labels: subjects.map(\.label))
  }

  private static func label(_ index: Int, of count: Int) -> String {
    switch count {
    case 1: "usher"
    case 2: index == 0 ? "old" : "new"
    default: index == 0 ? "old" : index == count - 1 ? "new" : "between \(index)"
    }
  }
}

/// Why something has no figure.
struct Unmeasured: Error {
  /// What is missing or went wrong, in words that can follow "not measured: ".
  let reason: String
}
