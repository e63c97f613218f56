internal import Basics

/// The environment of the helper process.
enum HelperEnvironment {
  /// What it gets, as `NAME=VALUE`: language, network settings where they count, and an order to
  /// Swift's crash reporter, which prints memory, to stay away. `SWIFT_ROOT` is for systems without `/proc`. The system's
  /// task pool keeps its remarks to itself, as `Threads.silencePool` has it.
  static func variables(for options: CheckOptions, from variable: (String) -> String?) -> [String] {
    let names =
      ["LANG", "SWIFT_ROOT"] + (options.usesEnvironment ? NetworkEnvironment.variables : [])
    return ["SWIFT_BACKTRACE=enable=no", "\(Threads.poolLog)=NO"]
      + names.compactMap { name in variable(name).map { "\(name)=\($0)" } }
  }
}
