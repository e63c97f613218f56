internal import Basics

/// Which systemd runs the service, and where its files are.
enum ServiceManager {
  case system
  /// The account's own, with the directory of its configuration.
  case user(configuration: String)

  /// Of the account whose environment it is.
  static func user(in environment: Environment) throws(CommandError) -> ServiceManager {
    if let path = environment["XDG_CONFIG_HOME"], path.hasPrefix("/") {
      return .user(configuration: path)
    }
    guard let home = environment["HOME"], home.hasPrefix("/") else {
      throw .failed(
        Explanation(
          what: "there is no place for a unit of this account", why: "HOME is not set",
          advice: "set it, or use --system"))
    }
    return .user(configuration: "\(home)/.config")
  }

  /// Where an administrator's units are.
  var unitFolder: String {
    switch self {
    case .system: "/etc/systemd/system"
    case .user(let configuration): "\(configuration)/systemd/user"
    }
  }

  /// Where systemd looks for credentials that lie in files.
  func credentialFolder(isEncrypted: Bool) -> String {
    let name = isEncrypted ? "credstore.encrypted" : "credstore"
    return switch self {
    case .system: "/etc/\(name)"
    case .user(let configuration): "\(configuration)/\(name)"
    }
  }

  /// The command that speaks to it.
  var control: String {
    switch self {
    case .system: "systemctl"
    case .user: "systemctl --user"
    }
  }
}
