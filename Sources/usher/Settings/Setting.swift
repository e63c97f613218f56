internal import Basics

/// What an operator sets once: by a variable of the environment, in `config.yaml`, or by an option where there is one.
enum Setting: String, CaseIterable {
  case store, guides, plain, identity
  case identityCommand = "identity_command"
  case checkTimeout = "check_timeout"
  case ca
  case guideDays = "guide_days"

  /// As `config.yaml` writes it.
  var key: String { rawValue }

  /// The variable of the environment that says the same.
  var variable: String { "USHER_\(rawValue.uppercased())" }

  /// Another setting that this one takes the place of, and the other way round.
  var rival: Setting? {
    switch self {
    case .identity: .identityCommand
    case .identityCommand: .identity
    case .store, .guides, .plain, .checkTimeout, .ca, .guideDays: nil
    }
  }

  /// What its value has to be, with an article.
  var form: String {
    switch self {
    case .store, .identity, .ca: "a path"
    case .guides: "a folder, or a list of folders"
    case .plain: "true or false"
    case .identityCommand: "a list of words"
    case .checkTimeout: "a time from 1s to 60s"
    case .guideDays: "a number of days"
    }
  }

  /// How to write it.
  var advice: String {
    switch self {
    case .store: "write it like \(key): /srv/usher/usher.db"
    case .identity: "write it like \(key): /srv/usher/identity.txt"
    case .ca: "write it like \(key): /etc/ssl/our-authority.pem"
    case .guides: "write it like \(key): [/srv/guides, more-guides]"
    case .plain: "write \(key): true"
    case .identityCommand: "write it like \(key): [pass, show, usher]"
    case .checkTimeout: "write it like \(key): 20s"
    case .guideDays: "write it like \(key): 90, or 0 for never"
    }
  }
}
