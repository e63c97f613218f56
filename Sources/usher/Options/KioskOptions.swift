internal import ArgumentParser
internal import Basics

/// A wizard for people who have no other business on the machine.
struct KioskOptions: ParsableArguments {
  @Flag(
    name: .customLong("kiosk"),
    help: "For ForceCommand and login shells: no files, no reveal, no clipboard, no shell.")
  var isOn = false
  @Option(
    name: .customLong("allow"),
    help: ArgumentHelp(
      "With --kiosk: a command that SSH_ORIGINAL_COMMAND may name; may be repeated, none for none.",
      valueName: "command"))
  var allowed: [String] = []

  func validate() throws {
    if !isOn && !allowed.isEmpty { throw ValidationError("--allow belongs to --kiosk.") }
    for word in allowed where word != Self.nothing && KioskCommand(rawValue: word) == nil {
      let names = KioskCommand.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("--allow \(word): a kiosk can allow \(names), or none.")
    }
  }

  private static let nothing = "none"

  /// A line that gives none.
  static var none: KioskOptions {
    var options = KioskOptions()
    options.isOn = false
    options.allowed = []
    return options
  }

  /// What was asked for by `ssh HOST COMMAND` in place of the wizard; nil for the wizard.
  /// - Parameter provider: the one that the kiosk is for; asking for its wizard by name is asking for nothing else.
  func command(
    besides provider: String?, in store: StoreOptions
  ) throws -> (any UsherCommand)? {
    guard isOn, let line = Environment.value("SSH_ORIGINAL_COMMAND"), !line.isEmpty else {
      return nil
    }
    var words = line.split(separator: " ").map(String.init)
    if words.first == "usher" { words.removeFirst() }
    if words.isEmpty || words == ["connect"] || words == ["connect", provider ?? ""] { return nil }
    let commands =
      allowed.isEmpty ? KioskCommand.allCases : allowed.compactMap(KioskCommand.init)
    guard let command = commands.first(where: { $0.rawValue == words[0] }),
      command.takes(words.dropFirst())
    else { throw KioskOptions.refusal(commands) }
    return try Usher.parseAsRoot(words + store.words) as? any UsherCommand
  }

  private static func refusal(_ commands: [KioskCommand]) -> CommandError {
    let names = commands.map(\.synopsis).joined(separator: ", ")
    return .usage(
      Explanation(
        what: "this command is not allowed here", why: "this session is for linking an account",
        advice: commands.isEmpty
          ? "come without a command: ssh -t HOST" : "what else there is: \(names)"))
  }
}

/// What may be asked for in a kiosk besides the wizard. None of it shows a value or changes what is linked.
enum KioskCommand: String, CaseIterable {
  case list, status, show, check, history, version

  private var takesName: Bool {
    switch self {
    case .list, .status, .version: false
    case .show, .check, .history: true
    }
  }

  private var takesJSON: Bool { self != .version }

  /// How it is typed.
  var synopsis: String { takesName ? "\(rawValue) NAME" : rawValue }

  /// Whether the words behind it are those that it may have here: no option but `--json`, no path, and nothing that a shell
  /// would make something of, although there is none.
  func takes(_ words: ArraySlice<String>) -> Bool {
    let names = words.filter { $0 != "--json" }
    let isNamed = names.allSatisfy { name in
      !name.hasPrefix("-")
        && name.utf8.allSatisfy { $0.isLetter || $0.isDigit || "-_./".utf8.contains($0) }
    }
    return isNamed && names.count == (takesName ? 1 : 0)
      && (words.count == names.count || takesJSON && words.count == names.count + 1)
  }
}
