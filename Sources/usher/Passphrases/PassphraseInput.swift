internal import Basics
internal import Connections
internal import CursesTerminal
internal import Glibc
internal import Secrets
internal import Store

/// Where passphrases come from. Never an argument and never the environment: both can be read by others.
enum PassphraseInput: PassphraseSource {
  /// Whoever sits at the terminal, wherever standard input and output go.
  case terminal
  /// `--passphrase-fd`: a line each, the passphrase that is before the one that shall be.
  case descriptor(Int32)

  /// How often a wrong passphrase may be given on a terminal.
  static let tries = 3

  /// In bytes: more than anybody types, and than any generator makes.
  static let limit = 4096

  /// What is tried on a wrapped identity.
  func passphrase(for identity: String, attempt: Int) throws(StoreError) -> SecretBuffer? {
    switch self {
    case .terminal:
      guard attempt <= Self.tries else { return nil }
      return try Self.ask(for: identity, again: attempt > 1)
    case .descriptor(let number):
      // The lines behind it are for something else.
      guard attempt == 1 else { return nil }
      do throws(CommandError) {
        return try SecretLine(from: number).read()
      } catch {
        throw .identity(error.explanation)
      }
    }
  }

  private static func ask(
    for identity: String, again: Bool
  ) throws(StoreError) -> SecretBuffer? {
    do {
      return try PassphrasePrompt.read(
        "Passphrase of \(identity): ", saying: again ? ["The passphrase is wrong."] : [])
    } catch {
      guard error == .noTerminal else { throw .identity(error.explanation) }
      throw .identity(
        Explanation(
          what: "the identity \(identity) is locked",
          why: "it is wrapped with a passphrase, and there is no terminal to ask for it",
          advice: "hand it in with --passphrase-fd N, or use ssh -t"))
    }
  }

  /// A new passphrase; on a terminal it is asked for twice. A short one is told to be, and taken.
  /// - Throws: `.noTerminal`, or `.usage` where there is none, or the two differ each time.
  func new() throws(CommandError) -> SecretBuffer {
    let passphrase: SecretBuffer
    switch self {
    case .terminal: passphrase = try Self.askTwice()
    case .descriptor(let number): passphrase = try SecretLine(from: number).read()
    }
    if Self.isShort(passphrase) {
      ErrorPrinter.warn(
        "a passphrase this short is soon found by whoever has a copy of the file: six random words hold"
      )
    }
    return passphrase
  }

  private static func askTwice() throws(CommandError) -> SecretBuffer {
    var words: [String] = []
    for _ in 1...tries {
      let first = try askForNew("New passphrase: ", words)
      let second = try askForNew("The same again: ")
      let isSame = first.withBytes { first in second.withBytes { first.equals($0) } }
      if isSame { return first }
      words = ["The two differ."]
    }
    throw .usage(
      Explanation(
        what: "no new passphrase was set, and nothing was changed",
        why: "what was typed the second time was not the same"))
  }

  private static func askForNew(
    _ prompt: String, _ words: [String] = []
  ) throws(CommandError) -> SecretBuffer {
    let answer: SecretBuffer?
    do {
      answer = try PassphrasePrompt.read(prompt, saying: words)
    } catch {
      throw .noTerminal(
        Explanation(
          what: "a new passphrase is asked for on a terminal, and there is none",
          advice: "hand it in with --passphrase-fd N, or use ssh -t"))
    }
    guard let answer else { throw .usage(missing) }
    return answer
  }

  private static let missing = Explanation(
    what: "there is no new passphrase, and nothing was changed", why: "nothing was typed",
    advice: "usher keys passphrase --none takes a passphrase off")

  /// Fewer than 12 characters.
  private static func isShort(_ passphrase: borrowing SecretBuffer) -> Bool {
    passphrase.withBytes { bytes in
      (0..<bytes.byteCount).count { bytes[$0] & 0xC0 != 0x80 } < 12
    }
  }
}
