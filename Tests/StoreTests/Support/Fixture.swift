import FoundationEssentials

/// What the programs of these tests are started with.
enum Fixture {
  /// Only what finds the Swift libraries.
  static var environment: [String: String] {
    ProcessInfo.processInfo.environment.filter { $0.key == "LD_LIBRARY_PATH" }
  }
}
