import TestSupport

/// What both processes of the wizard hold while a masked field is filled in: proportional set size, in which a page that
/// several processes share counts for each of them in part.
struct MemoryPart {
  let bench: Bench

  func run() {
    bench.report.row(
      "PSS of all processes, MB",
      bench.subjects.map { subject in Result { () throws(Unmeasured) in try memory(subject) } },
      aim: "≤ 12")
  }

  private func memory(_ subject: Subject) throws(Unmeasured) -> Double {
    let terminal = try MaskedForm.wizard(subject).open(in: bench.workspace)
    _ = try Typing(8, in: terminal)
    let process = terminal.process
    var sum = 0.0
    for process in [process] + PseudoTerminal.descendants(of: process) {
      guard let size = MemoryPart.proportionalSize(of: process) else {
        throw Unmeasured(
          reason: "the memory map of a hardened process is root's: run the benchmark as root")
      }
      sum += size
    }
    return sum / 1e3
  }

  /// In kB, or nil where that may not be read.
  private static func proportionalSize(of process: Int32) -> Double? {
    let text = TextFile.read("/proc/\(process)/smaps_rollup").map {
      String(decoding: $0, as: UTF8.self)
    }
    let line = text?.split(separator: "\n").first { $0.hasPrefix("Pss:") }
    return line.flatMap { Double($0.filter(\.isNumber)) }
  }
}
