import FoundationEssentials
import TestSupport

/// The home of somebody who has linked so many made-up accounts with a program.
struct MadeStore {
  let subject: Subject
  let size: Int
  let home: Result<String, Unmeasured>

  var name: String { MadeStore.name(subject, size) }

  static func name(_ subject: Subject, _ size: Int) -> String { "\(subject.label), \(size)" }
}

/// Stores of several sizes, which each program makes for itself. Connections are called `n1`, `n2`, and so on.
///
/// A program that takes many at once makes a large one in seconds; one by one it takes many minutes, so that they can be
/// kept for the next time.
final class MadeStores {
  /// A program that needs longer than this many seconds for one store has none.
  private static let patience = 1500.0

  private let workspace: Workspace
  /// Where they are kept between two runs.
  private let kept: String?
  private var made: [String: Result<String, Unmeasured>] = [:]

  init(workspace: Workspace, kept: String?) {
    (self.workspace, self.kept) = (workspace, kept)
  }

  /// The homes of some sizes for all programs, which nobody changes.
  func homes(_ sizes: [Int], for subjects: [Subject]) -> [MadeStore] {
    sizes.flatMap { size in
      subjects.map { subject in
        MadeStore(
          subject: subject, size: size,
          home: Result { () throws(Unmeasured) in try home(size, for: subject) })
      }
    }
  }

  /// The home with a store of one size, which nobody changes.
  func home(_ size: Int, for subject: Subject) throws(Unmeasured) -> String {
    let name = MadeStore.name(subject, size)
    if let known = made[name] { return try known.get() }
    let result = Result { () throws(Unmeasured) in try find(size, for: subject) }
    made[name] = result
    return try result.get()
  }

  private func find(_ size: Int, for subject: Subject) throws(Unmeasured) -> String {
    let home = subject.place("store-\(size)")
    let place = kept.map { "\($0)/\(digest(of: subject.program))-\(size)" }
    if let place, FileManager.default.fileExists(atPath: place) {
      try workspace.copy(place, to: home)
      return home
    }
    let smaller = made.keys.compactMap { key -> Int? in
      GetPart.sizes.first { $0 < size && MadeStore.name(subject, $0) == key }
    }.max()
    if let smaller, let start = try made[MadeStore.name(subject, smaller)]?.get() {
      try workspace.copy(start, to: home)
    } else {
      _ = try workspace.folder(named: home)
    }
    try fill((smaller ?? 0) + 1...size, subject: subject, home: home)
    if let place, let kept {
      try? FileManager.default.createDirectory(atPath: kept, withIntermediateDirectories: true)
      try workspace.copy(home, to: place)
    }
    return home
  }

  private func fill(_ numbers: ClosedRange<Int>, subject: Subject, home: String) throws(Unmeasured)
  {
    if numbers.count > 20 {
      let all = try saveAll(numbers, subject: subject, home: home)
      if (try? Launch.succeed(all, in: workspace)) != nil { return }
    }
    let start = ContinuousClock.now
    for number in numbers {
      _ = try Launch.succeed(
        save("n\(number)", number: number, subject: subject, home: home), in: workspace)
      guard milliseconds(since: start) < MadeStores.patience * 1000 else {
        throw Unmeasured(
          reason:
            "one by one, \(numbers.count) connections take longer than "
            + "\(Int(MadeStores.patience / 60)) minutes")
      }
    }
  }

  /// What saves one connection.
  func save(_ name: String, number: Int = 1, subject: Subject, home: String) throws(Unmeasured)
    -> Command
  {
    let guides = try BenchGuides.usual(in: workspace)
    let input = workspace.file("values")
    try workspace.write(BenchGuides.values(number), to: input)
    var command = subject.command(
      [
        "connect", BenchGuides.slug, "--guides", guides, "--name", name, "--from", "-",
        "--no-check",
      ], home: home)
    command.input = input
    return command
  }

  /// What saves many connections at once.
  func saveAll(_ numbers: ClosedRange<Int>, subject: Subject, home: String) throws(Unmeasured)
    -> Command
  {
    let values = numbers.map { number in
      #"{"provider": "\#(BenchGuides.slug)", "name": "n\#(number)", "#
        + BenchGuides.values(number).dropFirst()
    }
    let input = workspace.file("many-values")
    try workspace.write("[\(values.joined(separator: ",\n"))]\n", to: input)
    workspace.give(input)
    return subject.command(
      ["connect", "--guides", try BenchGuides.usual(in: workspace), "--from", input, "--no-check"],
      home: home)
  }

  private func digest(of program: String) -> String {
    String(ChildProcess.run("/usr/bin/sha256sum", [program]).text.prefix(16))
  }
}
