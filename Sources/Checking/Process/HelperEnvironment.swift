internal import CLinux

/// The environment of the checking process.
package enum HelperEnvironment {
  /// Looks a variable of this process up.
  package static func processVariable(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    return unsafe String(cString: value)
  }

  /// What the checking process gets, as `NAME=VALUE`: language, network settings where they count, and an order to
  /// Swift's crash reporter, which prints memory, to stay away. `SWIFT_ROOT` is for systems without `/proc`.
  static func variables(for options: CheckOptions, from variable: (String) -> String?) -> [String] {
    let names =
      ["LANG", "SWIFT_ROOT"] + (options.usesEnvironment ? NetworkEnvironment.variables : [])
    return ["SWIFT_BACKTRACE=enable=no"]
      + names.compactMap { name in variable(name).map { "\(name)=\($0)" } }
  }
}
