internal import Glibc

/// The environment variables that say something about the terminal.
enum Environment {
  /// The value of a variable; nil when it is not set.
  static func value(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    return unsafe String(cString: value)
  }

  /// Whether the user wants no colour (no-color.org: set to anything but nothing).
  static var forbidsColor: Bool { value("NO_COLOR").map { !$0.isEmpty } ?? false }
}
