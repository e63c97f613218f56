internal import Basics

/// Where the value of a setting comes from.
enum SettingOrigin: Equatable {
  /// A variable of the environment.
  case environment(String)
  /// A line of a configuration file.
  case file(ConfigurationPlace)
  /// Nobody has said anything.
  case builtIn

  /// A key of a configuration file.
  struct ConfigurationPlace: Equatable {
    let path: String
    /// Relative paths are relative to it.
    let folder: String
    /// One-based.
    let line: Int
  }

  /// `environment USHER_STORE`, `/etc/usher/config.yaml line 3`, `built in`.
  var text: String {
    switch self {
    case .environment(let variable): "environment \(variable)"
    case .file(let place): "\(place.path) line \(place.line)"
    case .builtIn: "built in"
    }
  }

  /// The same in members; what does not apply is null.
  var json: Value {
    let (kind, variable, place): (String, String?, ConfigurationPlace?) =
      switch self {
      case .environment(let variable): ("environment", variable, nil)
      case .file(let place): ("file", nil, place)
      case .builtIn: ("built_in", nil, nil)
      }
    return .map([
      ("kind", .string(kind)), ("variable", .optional(variable)), ("file", .optional(place?.path)),
      ("line", place.map { .int($0.line) } ?? .null),
    ])
  }
}
