internal import Basics
internal import Connections
internal import Secrets
internal import Store

/// Where the password of a team's store comes from. Never an argument, the address or the environment: all of them can be
/// read by others.
enum StorePasswordInput: StorePasswordSource {
  /// Whoever sits at the terminal, wherever standard input and output go.
  case terminal
  /// `--store-password-fd`: a line.
  case descriptor(Int32)

  func password(
    of user: String, at store: String, attempt: Int
  ) throws(StoreError) -> SecretBuffer? {
    switch self {
    case .terminal:
      do {
        return try PassphrasePrompt.read(
          "Password of \(user) at \(store): ",
          saying: attempt > 1 ? ["The servers do not take that password."] : [])
      } catch {
        throw .failed(
          Explanation(
            what: "the store \(store) is not opened",
            why: "its servers want the password of \(user), and there is no terminal to ask for it",
            advice: "hand it in with --store-password-fd N, or use ssh -t"))
      }
    case .descriptor(let number):
      guard attempt == 1 else { return nil }
      do throws(CommandError) {
        return try SecretLine(
          from: number, noun: "password", option: "--store-password-fd"
        ).read()
      } catch {
        throw .failed(error.explanation)
      }
    }
  }
}
