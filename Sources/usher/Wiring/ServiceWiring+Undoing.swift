internal import Glibc

/// How a wiring is taken away again.
extension ServiceWiring {
  /// Commands that undo it, in order. Its sockets may serve other services too.
  var undoing: [String] {
    let dropIn = "\(sudo)rm -f \(ShellWord.quoted(dropInPath))"
    return removal(of: form) + [dropIn, "\(control) daemon-reload", restart]
  }

  /// Commands that remove what another form of the same wiring has left, as far as it can be seen.
  var leftovers: [String] {
    Form.allCases.flatMap { other in
      other != form && isThere(other) ? removal(of: other) : []
    }
  }

  private func isThere(_ form: Form) -> Bool {
    paths(of: form).contains { unsafe access($0, F_OK) == 0 }
  }

  private func removal(of form: Form) -> [String] {
    let files = paths(of: form).map(ShellWord.quoted).joined(separator: " ")
    let remove = "\(sudo)rm -f \(files)"
    guard form == .socket else { return [remove] }
    let sockets = credentials.map { ShellWord.quoted("\($0.unit).socket") }
    return ["\(control) disable --now \(sockets.joined(separator: " "))", remove]
  }

  private func paths(of form: Form) -> [String] {
    credentials.flatMap { credential in
      switch form {
      case .socket: [socketPath(of: credential), printingPath(of: credential)]
      case .file, .encrypted: [path(of: credential, in: form)]
      }
    }
  }
}
