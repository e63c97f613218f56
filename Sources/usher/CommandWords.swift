internal import ArgumentParser
internal import Basics
internal import Catalogues

/// The words of a command line that name commands.
enum CommandWords {
  /// Every command, the program itself first.
  static let all: [any ParsableCommand.Type] = below(Usher.self)

  private static func below(_ command: any ParsableCommand.Type) -> [any ParsableCommand.Type] {
    [command] + command.configuration.subcommands.flatMap(below)
  }

  /// What is wrong with a command line that names a command which does not exist; nil for all others, also for those that the
  /// parser finds something else to say about.
  static func mistake(in arguments: [String]) -> CommandError? {
    var command: any ParsableCommand.Type = Usher.self
    var rest = arguments[...]
    // `usher help guides list` names a command as well.
    if rest.first == "help" { rest = rest.dropFirst() }
    while let word = rest.popFirst() {
      if word.hasPrefix("-") {
        guard let option = options[word] else { return nil }
        if option == .takesValue { rest = rest.dropFirst() }
        continue
      }
      let commands = command.configuration.subcommands
      if commands.isEmpty { return nil }
      guard let next = commands.first(where: { $0._commandName == word }) else {
        return unknown(word, of: command)
      }
      command = next
    }
    return nil
  }

  // MARK: Options before a command

  private enum Option { case flag, takesValue }

  /// Those of the program itself. Others are the parser's affair.
  private static let options: [String: Option] = [
    "--guides": .takesValue, "--store": .takesValue, "--identity": .takesValue,
    "--identity-fd": .takesValue, "--identity-command": .takesValue,
    "--passphrase-fd": .takesValue, "--ca": .takesValue, "--plain": .flag,
  ]

  // MARK: What was meant

  private static func unknown(
    _ word: String, of command: any ParsableCommand.Type
  ) -> CommandError {
    let isProgram = command == Usher.self
    let path = isProgram ? "usher" : "usher \(command._commandName)"
    let names = command.configuration.subcommands.map { $0._commandName }
    return .usage(
      Explanation(
        what: "there is no command \(path) \(word)",
        advice: meant(by: word, among: names).map { "did you mean \(path) \($0)?" }
          ?? (isProgram ? advice(forProvider: word) : nil)
          ?? "the commands are \(names.joined(separator: ", ")); \(path) --help says what each does"
      ))
  }

  /// By a word that other programs use, by a beginning, or by a few wrong letters.
  private static func meant(by word: String, among names: [String]) -> String? {
    let word = word.lowercased()
    for known in [synonyms[word], programSynonyms[word]] {
      if let known, names.contains(known) { return known }
    }
    let begun = names.filter { $0.hasPrefix(word) || word.hasPrefix($0) }
    if word.count > 1, begun.count == 1 { return begun[0] }
    // Two wrong letters of three are another word.
    return SpellingSuggestion.of(
      word, in: names.filter { word.count > 2 || $0.count <= word.count + 1 })
  }

  /// Those that mean a command of the program where they mean none of the group's own.
  private static let programSynonyms = ["init": "setup", "need": "setup", "needs": "setup"]

  private static let synonyms = [
    "add": "connect", "link": "connect", "login": "connect", "ls": "list", "ps": "list",
    "rm": "remove", "delete": "remove", "unlink": "remove", "disconnect": "remove", "exec": "run",
    "read": "get", "cat": "get", "test": "check", "verify": "check", "lint": "check",
    "info": "show", "view": "show", "providers": "guides", "guide": "guides", "create": "new",
    "init": "new", "project": "setup", "bootstrap": "setup", "onboard": "setup",
    "identity": "keys", "key": "keys", "passphrase": "keys", "recipient": "keys",
    "recipients": "keys", "health": "doctor",
    "state": "status", "expiry": "status", "expiring": "status", "expired": "status",
    "monitor": "status", "due": "status", "mv": "rename", "move": "rename", "log": "history",
    "events": "history", "audit": "history",
    "completion": "completions", "call": "request", "api": "request", "curl": "request",
    "access-token": "token", "credential": "git-credential", "app": "apps",
    "applications": "apps", "clients": "apps", "settings": "config", "configuration": "config",
    "render": "template", "inject": "template",
    "envsubst": "template", "fill": "template", "systemd": "wire", "unit": "wire",
    "rotate": "replace", "renew": "replace", "undo": "replace", "set": "edit", "change": "edit",
  ]

  /// A provider is no command, but what is to be done with it is clear.
  private static func advice(forProvider word: String) -> String? {
    let catalogue = CatalogueSources.catalogue(adding: nil)
    if catalogue.provider(word) != nil { return "usher connect \(word) links an account there" }
    return nil
  }
}
