internal import CLinux

/// The process's environment, read once.
package struct Environment: Equatable, Sendable {
  /// By name.
  package let variables: [String: String]

  /// As it is now.
  package static func current() -> Environment {
    var variables: [String: String] = [:]
    guard var entry = unsafe linux_environ() else { return Environment(variables: [:]) }
    while let text = unsafe entry.pointee {
      let pair = unsafe String(cString: text).split(
        separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      // The first of two equal names counts, as it does for getenv.
      if pair.count == 2, variables[String(pair[0])] == nil {
        variables[String(pair[0])] = String(pair[1])
      }
      unsafe entry += 1
    }
    return Environment(variables: variables)
  }

  /// Nil when the variable is missing or empty.
  package subscript(name: String) -> String? {
    guard let value = variables[name], !value.isEmpty else { return nil }
    return value
  }

  /// One variable as it is now; nil when it is not set.
  package static func value(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    return unsafe String(cString: value)
  }
}
