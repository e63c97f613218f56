import FoundationEssentials

/// A test whose figures are published: how much of it runs, and what came of it in one line.
package enum Gate {
  /// How often something is tried: `usual` in every run, more where a variable says so, as the long gates do.
  package static func size(_ variable: String, else usual: Int) -> Int {
    ProcessInfo.processInfo.environment[variable].flatMap { Int($0) } ?? usual
  }

  /// Prints the figures of a test that has come to its end: `gate kills: 400 kills, …`.
  package static func report(_ name: String, _ figures: String) {
    print("gate \(name): \(figures)")
  }
}
