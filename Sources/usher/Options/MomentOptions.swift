internal import ArgumentParser
internal import Basics
internal import Drafts
internal import Requests

/// What makes a request come out the same each time, for comparing signed requests with published ones. Hidden: whoever
/// links an account has no use for it.
struct MomentOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "With --dry-run: build the requests as at this time (RFC 3339).", valueName: "time",
      visibility: .hidden))
  var at: String?
  @Option(
    help: ArgumentHelp(
      "With --dry-run: take what is random from these bytes, and then from SHA-256 of them and a counter.",
      valueName: "hex", visibility: .hidden))
  var seed: String?

  /// Whether either was given.
  var isGiven: Bool { at != nil || seed != nil }

  func validate() throws {
    if let at, Timestamp(providerText: at) == nil {
      throw ValidationError("--at takes a time such as 2026-08-24T13:05:09Z.")
    }
    if let seed, RandomSource(hex: seed) == nil {
      throw ValidationError("--seed takes 1 to \(RandomSource.seedLimit) bytes in hexadecimal.")
    }
  }

  var replay: ReplayContext {
    ReplayContext(
      now: at.flatMap { Timestamp(providerText: $0) } ?? .now(),
      randomSource: seed.flatMap { RandomSource(hex: $0) } ?? RandomSource())
  }
}
