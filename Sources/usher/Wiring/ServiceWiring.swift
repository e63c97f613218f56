internal import Basics
internal import Connections

/// The units that give a service its values as credentials, and what is to be done to make them count.
struct ServiceWiring {
  /// How a value gets to systemd.
  enum Form {
    /// A socket that systemd reads when the service starts; a unit behind it prints the value. Always the latest.
    case socket
    /// A file that only its owner can read.
    case file
    /// A file that only this machine can decrypt.
    case encrypted
  }

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
      let path = "\(manager.unitFolder)/\(credential.unit)"
      files.append(File(path: path + ".socket", text: try socketUnit(of: credential)))
      files.append(File(path: path + "@.service", text: printingUnit(of: credential)))
    }
    return files
  }

  private var dropInPath: String {
    let name = "usher-" + SystemdText.unitName(of: connection.description)
    return "\(manager.unitFolder)/\(service.text).d/\(name).conf"
  }

  private func dropIn() throws(CommandError) -> String {
    var lines = ["# Written by usher wire: \(service.text) gets values of \(connection)."]
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
    case .file: "LoadCredential=\(credential.name):\(SystemdText.plain(path(of: credential)))"
    case .encrypted:
      "LoadCredentialEncrypted=\(credential.name):\(SystemdText.plain(path(of: credential)))"
    }
  }

  private func socketUnit(of credential: WiredCredential) throws(CommandError) -> String {
    """
    # Written by usher wire: \(credential.word) of \(connection), for services that name this socket.
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
      # Written by usher wire: prints \(credential.word) of \(connection) into the connection that it is started for.
      [Unit]
      Description=\(SystemdText.plain("\(credential.word) of \(connection)"))
      CollectMode=inactive-or-failed\(network)

      [Service]
      ExecStart=\(usher.execStart(credential.arguments))
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
    let sudo = isForRoot ? "sudo " : ""
    var commands = credentialCommands(sudo)
    commands.append("\(sudo)\(manager.control) daemon-reload")
    if form == .socket {
      let sockets = credentials.map { ShellWord.quoted("\($0.unit).socket") }
      commands.append(
        "\(sudo)\(manager.control) enable --now \(sockets.joined(separator: " "))")
    }
    commands.append("\(sudo)\(manager.control) restart \(ShellWord.quoted(service.instances))")
    return commands
  }

  /// Whether somebody else has to run them.
  private var isForRoot: Bool {
    switch manager {
    case .system: usher.user != 0
    case .user: false
    }
  }

  private func credentialCommands(_ sudo: String) -> [String] {
    if form == .socket { return [] }
    let folder = manager.credentialFolder(isEncrypted: form == .encrypted)
    let make = "\(sudo)install -d -m 0700 \(ShellWord.quoted(folder))"
    return [make]
      + credentials.map { credential in
        let file = ShellWord.quoted(path(of: credential))
        let value = usher.command(credential.arguments)
        if form == .encrypted {
          return "\(value) | \(sudo)systemd-creds encrypt --name=\(credential.name) - \(file)"
        }
        if isForRoot { return "\(value) | \(sudo)install -m 0600 /dev/stdin \(file)" }
        let template = ShellWord.quoted("{{ \(connection).\(credential.word) }}")
        let fill = usher.command(["template", "-", "--format", "raw", "-o", path(of: credential)])
        return "printf %s \(template) | \(fill)"
      }
  }

  private func path(of credential: WiredCredential) -> String {
    "\(manager.credentialFolder(isEncrypted: form == .encrypted))/\(credential.name)"
  }
}
