internal import Basics
internal import Connections

/// The units that give a service its values as credentials, and what is to be done to make them count.
struct ServiceWiring {
  /// How a value gets to systemd.
  enum Form: CaseIterable {
    /// A socket that systemd reads when the service starts; a unit behind it prints the value. Always the latest.
    case socket
    /// A file that only its owner can read.
    case file
    /// A file that only this machine can decrypt.
    case encrypted
  }

  /// What every file begins with that is written here.
  static let header = "# Written by usher wire: "

  let service: ServiceUnitName
  let connection: ConnectionName
  /// At least one.
  let credentials: [WiredCredential]
  let form: Form
  let manager: ServiceManager
  let usher: UsherInvocation

  /// A unit file, or a part of one.
  struct File {
    let path: String
    let text: String
  }

  /// Everything that has to be in place, the part for the service first.
  func files() throws(CommandError) -> [File] {
    var files = [File(path: dropInPath, text: try dropIn())]
    guard form == .socket else { return files }
    for credential in credentials {
      files.append(File(path: socketPath(of: credential), text: try socketUnit(of: credential)))
      files.append(File(path: printingPath(of: credential), text: printingUnit(of: credential)))
    }
    return files
  }

  func socketPath(of credential: WiredCredential) -> String {
    "\(manager.unitFolder)/\(credential.unit).socket"
  }

  func printingPath(of credential: WiredCredential) -> String {
    "\(manager.unitFolder)/\(credential.unit)@.service"
  }

  var dropInPath: String {
    let name = "usher-" + SystemdText.unitName(of: connection.description)
    return "\(manager.unitFolder)/\(service.text).d/\(name).conf"
  }

  private func dropIn() throws(CommandError) -> String {
    var lines = ["\(Self.header)\(service.text) gets values of \(connection)."]
    if form == .socket {
      let sockets = credentials.map { "\($0.unit).socket" }.joined(separator: " ")
      lines += ["[Unit]", "Wants=\(sockets)", "After=\(sockets)", ""]
    }
    lines.append("[Service]")
    for credential in credentials { lines.append(try setting(of: credential)) }
    return lines.joined(separator: "\n") + "\n"
  }

  private func setting(of credential: WiredCredential) throws(CommandError) -> String {
    switch form {
    case .socket: "LoadCredential=\(credential.name):\(try credential.socket())"
    case .file:
      "LoadCredential=\(credential.name):\(SystemdText.plain(path(of: credential, in: .file)))"
    case .encrypted:
      "LoadCredentialEncrypted=\(credential.name):\(SystemdText.plain(path(of: credential, in: .encrypted)))"
    }
  }

  private func socketUnit(of credential: WiredCredential) throws(CommandError) -> String {
    """
    \(Self.header)\(credential.word) of \(connection), for services that name this socket.
    [Unit]
    Description=\(SystemdText.plain("\(credential.word) of \(connection) for services"))

    [Socket]
    ListenStream=\(try credential.socket())
    SocketMode=0600
    DirectoryMode=0700
    Accept=yes
    RemoveOnStop=yes

    [Install]
    WantedBy=sockets.target

    """
  }

  private func printingUnit(of credential: WiredCredential) -> String {
    // A provider may have to be asked.
    let network =
      credential.isToken ? "\nWants=network-online.target\nAfter=network-online.target" : ""
    return """
      \(Self.header)prints \(credential.word) of \(connection) into the connection that it is started for.
      [Unit]
      Description=\(SystemdText.plain("\(credential.word) of \(connection)"))
      CollectMode=inactive-or-failed\(network)

      [Service]
      ExecStart=\(usher.execStart(credential.arguments, asksProvider: credential.isToken))
      \(account)StandardInput=null
      StandardOutput=socket
      StandardError=journal
      NoNewPrivileges=yes
      LimitCORE=0
      RuntimeMaxSec=90

      """
  }

  /// A store is read by the account that it belongs to.
  private var account: String {
    switch manager {
    case .system: usher.user == 0 ? "" : "User=\(usher.user)\n"
    case .user: ""
    }
  }

  // MARK: What to do

  /// Commands to run next, in order.
  var commands: [String] {
    var commands = credentialCommands
    commands.append("\(control) daemon-reload")
    if form == .socket {
      let sockets = credentials.map { ShellWord.quoted("\($0.unit).socket") }
      commands.append("\(control) enable --now \(sockets.joined(separator: " "))")
    }
    commands.append(restart)
    return commands
  }

  /// What stands before a command that only root may run.
  var sudo: String { isForRoot ? "sudo " : "" }

  /// The command that speaks to the right systemd with the right to do so.
  var control: String { sudo + manager.control }

  var restart: String {
    let end = service.text.hasPrefix("-") ? "-- " : ""
    return "\(control) restart \(end)\(ShellWord.quoted(service.instances))"
  }

  /// Whether somebody else has to run them.
  private var isForRoot: Bool {
    switch manager {
    case .system: usher.user != 0
    case .user: false
    }
  }

  private var credentialCommands: [String] {
    if form == .socket { return [] }
    let folder = credentialFolder(form)
    let make = "\(sudo)install -d -m 0700 \(ShellWord.quoted(folder))"
    return [make]
      + credentials.map { credential in
        let path = path(of: credential, in: form)
        let new = ShellWord.quoted(path + ".new")
        if form == .encrypted {
          return piping(
            credential, into: "systemd-creds encrypt --name=\(credential.name) - \(new)", for: path)
        }
        if isForRoot {
          return piping(credential, into: "install -m 0600 /dev/stdin \(new)", for: path)
        }
        let template = ShellWord.quoted("{{ \(connection).\(credential.word) }}")
        let fill = usher.command(["template", "-", "--format", "raw", "-o", path])
        return "printf %s \(template) | \(fill)"
      }
  }

  /// The file that is there is replaced when all has gone well, and not when there is no value. That the first command of a
  /// pipe has failed is nothing to a plain sh.
  private func piping(
    _ credential: WiredCredential, into command: String, for path: String
  ) -> String {
    let (new, old) = (ShellWord.quoted(path + ".new"), ShellWord.quoted(path))
    let value = usher.command(credential.arguments)
    let script = "\(value) | \(sudo)\(command) && \(sudo)mv -f \(new) \(old)"
    return "bash -o pipefail -c \(ShellWord.quoted(script))"
  }

  /// Where a form that has files has the one with the value.
  func path(of credential: WiredCredential, in form: Form) -> String {
    "\(credentialFolder(form))/\(credential.name)"
  }

  private func credentialFolder(_ form: Form) -> String {
    manager.credentialFolder(isEncrypted: form == .encrypted)
  }
}
