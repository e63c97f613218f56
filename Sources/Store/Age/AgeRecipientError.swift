/// Why a text is no recipient. The words are for a person; of the text they repeat nothing but the name of a kind.
package enum AgeRecipientError: Error, Equatable, Sendable {
  /// Neither `age1…` nor a public key of SSH.
  case unknown
  /// `age1…`, mistyped or cut.
  case damaged
  /// `ssh-ed25519 …`, mistyped or cut.
  case damagedSSH
  /// An SSH key of a kind that is not taken; nil for one that we have no name of.
  case ssh(SSHKeyKind?)
  /// Of a program that age would start; its name.
  case plugin(String)
  /// A private key: it must not be given to anybody.
  case isPrivate

  /// The reason in one phrase, lower case, no period.
  package var reason: String {
    switch self {
    case .unknown: "it is no public key of age or SSH"
    case .damaged: "it begins as an age key, and a character of it is missing or another one"
    case .damagedSSH: "it begins as an SSH key, and a character of it is missing or another one"
    case .ssh(let kind):
      kind.map { "\($0.rawValue) keys are not taken" } ?? "SSH keys of its kind are not taken"
    case .plugin(let name): "it is for the age plugin \(name), which usher does not run"
    case .isPrivate: "it is a private key, which is for its owner alone"
    }
  }

  /// What to do about it.
  package var advice: String {
    switch self {
    case .damaged, .damagedSSH: "copy it once more, whole and on one line"
    case .unknown, .plugin:
      "give one that begins with age1 or ssh-ed25519; age-keygen -y FILE prints that of an identity"
    case .ssh: "give one of the kind ssh-ed25519; ssh-keygen -t ed25519 makes it"
    case .isPrivate:
      "give its public half: age-keygen -y FILE prints it; of an SSH key, ssh-keygen -y -f FILE"
    }
  }
}
