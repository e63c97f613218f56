internal import ArgumentParser
internal import Basics
internal import Checking
internal import Connections
internal import Drafts
internal import Glibc
internal import ProviderFormat
internal import Requests
internal import Store

/// `usher request`
struct RequestCommand: UsherCommand {
  static let configuration = CommandConfiguration(
    commandName: "request",
    abstract: "A request of a provider's API through a linked account.",
    usage: "usher request <name> [<method>] <path> [<options>]",
    discussion: """
      The entry says the address, and how the credentials are carried; a token is got and renewed as it is needed. The \
      answer's body goes to standard output byte for byte. What is no success goes to standard error, with a sentence \
      that says what it means. The method is GET, or POST with a body, unless a word of capital letters says another \
      one.

      EXAMPLES
        usher request tally /users/me | jq -r .email
        usher request acme /orders -q status=open -q limit=50
        usher request acme POST /orders -d '{"item": 7}' -H 'Idempotency-Key: 81'
        usher request acme PUT /photo --body-file me.png -H 'Content-Type: image/png'
        usher request acme /upload -F title=Receipt -F file=@receipt.pdf
        usher request acme /orders --paginate --jsonl | jq -r .id
        usher request acme /orders --dry-run

      EXIT CODES
        0 the provider did it · 5 it refused the credentials (401, 403)
        6 it could not be asked, or is busy (429, 5xx) · 1 any other status · 130 interrupted
      """)

  @Argument(help: "A connection: PROVIDER/NAME, or PROVIDER.", completion: .connections)
  var name: String
  @Argument(
    help: ArgumentHelp(
      "A method where it is not the usual one, and a path below the entry's address.",
      valueName: "method path"))
  var words: [String]
  @Option(
    name: .customShort("q"),
    help: ArgumentHelp("A parameter of the query. Can be repeated.", valueName: "name=value"))
  var parameters: [String] = []
  @Option(
    name: .customShort("H"),
    help: ArgumentHelp(
      "A header, in place of the entry's of that name. Can be repeated.", valueName: "name: value"))
  var headers: [String] = []
  @Option(
    name: .customShort("d"),
    help: ArgumentHelp(
      "The body, JSON unless Content-Type says something else; @FILE reads a file, @- standard input.",
      valueName: "data"), completion: .file())
  var data: String?
  @Option(
    name: .customShort("F"),
    help: ArgumentHelp(
      "A field of a form; name=@FILE sends a file, and the form in parts. Can be repeated.",
      valueName: "name=value"), completion: .file())
  var fields: [String] = []
  @Option(
    help: ArgumentHelp(
      "Send a file as it is, however long; - is standard input.", valueName: "file"),
    completion: .file())
  var bodyFile: String?
  @Flag(
    name: [.customShort("i"), .customLong("include")],
    help: "Write the answer's status and headers before its body.")
  var include = false
  @Flag(
    name: [.customShort("v"), .customLong("verbose")],
    help: "Tell the heads of requests and answers on standard error, without their secrets.")
  var verbose = false
  @Flag(help: "All pages of a list, as one JSON array of its items.") var paginate = false
  @Flag(help: "With --paginate: one item a line.") var jsonl = false
  @Flag(help: "With --paginate: an array of whole pages.") var slurp = false
  @Option(
    help: ArgumentHelp("With --paginate: so many items on a page.", valueName: "number"))
  var pageSize: Int?
  @Option(
    help: ArgumentHelp(
      "With --paginate: no more pages than this; 100 unless told.", valueName: "number"))
  var maxPages: Int?
  @Option(
    help: ArgumentHelp(
      "Try so often again; unless told, twice for GET and HEAD, and not at all for others.",
      valueName: "number"))
  var retries: Int?
  @Option(
    help: ArgumentHelp(
      "Try again for these statuses too: 409, 5xx. Can be repeated.", valueName: "status"))
  var retryOn: [String] = []
  @Option(
    help: ArgumentHelp(
      "Wait no longer than this before a further try; 60s unless told.", valueName: "time"))
  var maxWait: TimeSpan?
  @Option(
    help: ArgumentHelp(
      "Give up when nothing has come for so long; 60s unless told.", valueName: "time"))
  var timeout: TimeSpan?
  @Option(
    name: .customLong("base-url"),
    help: ArgumentHelp(
      "In place of the entry's address. The credentials go there.", valueName: "url"))
  var baseURL: String?
  @Flag(help: "Get a new access token first.") var fresh = false
  @Flag(help: "Show a terminal the exact bytes, whatever they do to it.") var raw = false
  @Flag(name: .customLong("dry-run"), help: "Print the request instead of sending it.")
  var dryRun = false
  @Flag(help: "With --dry-run: print the secrets too.") var reveal = false
  @OptionGroup var store: StoreOptions
  @OptionGroup var network: NetworkOptions
  @OptionGroup var replay: MomentOptions

  func validate() throws {
    if [data != nil, !fields.isEmpty, bodyFile != nil].count(where: { $0 }) > 1 {
      throw ValidationError("-d, -F and --body-file exclude each other.")
    }
    if !paginate && (jsonl || slurp || pageSize != nil || maxPages != nil) {
      throw ValidationError("--jsonl, --slurp, --page-size and --max-pages belong to --paginate.")
    }
    if jsonl && slurp { throw ValidationError("--jsonl and --slurp exclude each other.") }
    if paginate && include {
      throw ValidationError("--include is for one answer, and --paginate for many: use --verbose.")
    }
    for (number, option) in [(pageSize, "--page-size"), (maxPages, "--max-pages")]
    where number.map({ $0 < 1 }) ?? false {
      throw ValidationError("\(option) takes a number from 1 on.")
    }
    if let timeout, timeout.seconds < 1 {
      throw ValidationError("--timeout takes a second or more.")
    }
    if let retries, retries < 0 { throw ValidationError("--retries takes a number from 0 on.") }
    if reveal && !dryRun { throw ValidationError("--reveal belongs to --dry-run.") }
    if replay.isGiven && !dryRun {
      throw ValidationError("--at and --seed belong to --dry-run.")
    }
  }

  func perform() throws -> ExitCode {
    let line = try RequestLine(self)
    let body = try BodyInput(self, headers: line.call.headers)
    return try RequestRun(command: self, line: line).perform(body)
  }
}
