internal import CLinux
internal import Glibc

/// The process's environment, read once.
struct Environment {
  let variables: [String: String]

  static func current() -> Environment {
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
  subscript(name: String) -> String? {
    guard let value = variables[name], !value.isEmpty else { return nil }
    return value
  }
}
