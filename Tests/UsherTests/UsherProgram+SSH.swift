import TestSupport

extension UsherProgram {
  /// Starts it on a terminal at the other end of an ssh connection.
  func start(_ arguments: [String], over server: SSHServer) -> PseudoTerminal? {
    guard let ssh = Tool.path("ssh") else { return nil }
    let variables = environment.map { "\($0.key)='\($0.value)'" }.joined(separator: " ")
    let command = UsherProgram.command(arguments).map { "'\($0)'" }.joined(separator: " ")
    return PseudoTerminal(
      ssh, server.arguments(for: "env \(variables) \(command)"), environment: ["HOME": home.path])
  }
}
