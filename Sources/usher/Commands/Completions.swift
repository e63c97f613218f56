internal import ArgumentParser
internal import Basics

/// `usher completions`
struct Completions: UsherCommand {
  static let configuration = CommandConfiguration(
    commandName: "completions",
    abstract: "A completion script for your shell.",
    discussion: """
      EXAMPLES
        usher completions bash > /etc/bash_completion.d/usher
        usher completions zsh > ~/.zsh/completions/_usher
        usher completions fish > ~/.config/fish/completions/usher.fish
      """)

  enum Shell: String, ExpressibleByArgument, CaseIterable { case bash, zsh, fish }

  @Argument(help: "bash, zsh or fish.") var shell: Shell

  func perform() throws -> ExitCode {
    let kind: CompletionShell =
      switch shell {
      case .bash: .bash
      case .zsh: .zsh
      case .fish: .fish
      }
    Console.document(Usher.completionScript(for: kind))
    return .done
  }
}
