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

  /// What its value in a file has to be, with an article.
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

  /// What the text of its variable has to be, with an article.
  var variableForm: String {
    switch self {
    case .guides: "a folder, or several with colons between them"
    case .identityCommand: "words with blanks between them"
    case .store, .identity, .ca, .plain, .checkTimeout, .guideDays: form
    }
  }

  /// How to set its variable.
  var variableAdvice: String {
    switch self {
    case .store: "set it like \(variable)=/srv/usher/usher.db"
    case .identity: "set it like \(variable)=/srv/usher/identity.txt"
    case .ca: "set it like \(variable)=/etc/ssl/our-authority.pem"
    case .guides: "set it like \(variable)=/srv/guides:/home/me/guides"
    case .plain: "set \(variable)=1"
    case .identityCommand: "set it like \(variable)='pass show usher'"
    case .checkTimeout: "set it like \(variable)=20s"
    case .guideDays: "set it like \(variable)=90, or 0 for never"
    }
  }

  /// How to write it in a file.
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
