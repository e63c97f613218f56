internal import ArgumentParser
internal import Basics
internal import Connections

/// Where the values of one connection come from, and how they are taken: for a new connection and in place of others.
struct ValueOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A file with the values (JSON, .env, a key file), or - for standard input.", valueName: "file"
    ),
    completion: .file())
  var from: String?
  @Option(
    help: ArgumentHelp(
      "With --from: the file is the value of this field, and nothing else.", valueName: "field"))
  var key: String?
  @Option(
    name: .customLong("set"),
    help: ArgumentHelp("A value that is no secret.", valueName: "field=value"))
  var presets: [String] = []
  @Option(
    help: ArgumentHelp(
      "When the values end, where the provider does not say: 90d, 12w, 6m, 1y, 2027-03-01, never.",
      valueName: "end"))
  var expires: String?
  @Flag(name: .customLong("no-check"), help: "Store without asking the provider.")
  var noCheck = false
  @Flag(help: "Use values although they do not look right.") var insist = false
  @Flag(
    name: .customLong("other-account"),
    help: "Also where they belong to another account than those that they replace.")
  var otherAccount = false
  @Flag(name: .customLong("dry-run"), help: "Print the check's requests; ask and store nothing.")
  var dryRun = false
  @Flag(help: "With --dry-run: print the secrets too.") var reveal = false
  @Flag(help: "Print the result as JSON.") var json = false

  func validate() throws {
    if key != nil && from == nil { throw ValidationError("--key belongs to --from.") }
    if reveal && !dryRun { throw ValidationError("--reveal belongs to --dry-run.") }
    if dryRun && from == nil {
      throw ValidationError("--dry-run needs the values: give --from FILE, or --from - .")
    }
  }

  /// Whether anything was given but how the result is printed.
  var areGiven: Bool {
    from != nil || key != nil || !presets.isEmpty || expires != nil || noCheck || insist
      || otherAccount || dryRun || reveal
  }

  /// `--expires`, read.
  func end() throws(ChosenEndError) -> ChosenEnd? { try ChosenEnd(option: expires) }

  /// What of it holds where nobody can be asked.
  func terms(
    _ purpose: UnattendedTerms.Purpose, _ network: NetworkOptions, _ link: LinkOptions,
    _ replay: MomentOptions
  ) throws(ChosenEndError) -> UnattendedTerms {
    UnattendedTerms(
      purpose: purpose, network: network, link: link, replay: replay.replay, insists: insist,
      skipsCheck: noCheck, acceptsOther: otherAccount, end: try end(), isJSON: json,
      isDryRun: dryRun, reveals: reveal)
  }
}

extension ChosenEnd {
  /// `--expires`, where it was given.
  init?(option text: String?) throws(ChosenEndError) {
    guard let text else { return nil }
    try self.init(text, now: .now())
  }
}
