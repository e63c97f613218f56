// The everyday commands that use what is linked.

extension Token: EverydayCommand {
  static let everyday = EverydayOptions(
    flags: ["--fresh", "--json", "--header", "--forget", "--reveal"],
    values: ["--min-valid", "--format"] + StoreOptions.options + NetworkOptions.options)

  init?(_ words: EverydayWords) {
    guard words.operands.count == 1, let store = StoreOptions(words),
      words.isReadable("--min-valid", as: TimeSpan.self),
      words.isReadable("--format", as: Format.self)
    else { return nil }
    self.init()
    name = words.operands[0]
    fresh = words.has("--fresh")
    minValid = words.argument("--min-valid")
    json = words.has("--json")
    header = words.has("--header")
    format = words.argument("--format")
    forget = words.has("--forget")
    reveal = words.has("--reveal")
    self.store = store
    network = NetworkOptions(words)
  }
}

extension GitCredential: EverydayCommand {
  static let everyday = EverydayOptions(
    values: ["--username"] + StoreOptions.options + NetworkOptions.options)

  init?(_ words: EverydayWords) {
    guard words.operands.count == 2, let store = StoreOptions(words) else { return nil }
    self.init()
    name = words.operands[0]
    operation = words.operands[1]
    username = words.value("--username")
    self.store = store
    network = NetworkOptions(words)
  }
}

extension RequestCommand: EverydayCommand {
  static let everyday = EverydayOptions(
    flags: [
      "-i", "--include", "-v", "--verbose", "--paginate", "--jsonl", "--slurp", "--fresh", "--raw",
      "--dry-run", "--reveal",
    ],
    values: [
      "-d", "--body-file", "--page-size", "--max-pages", "--retries", "--max-wait", "--timeout",
      "--base-url",
    ] + StoreOptions.options + NetworkOptions.options,
    lists: ["-q", "-H", "-F", "--retry-on"])

  init?(_ words: EverydayWords) {
    guard words.operands.count >= 2, let store = StoreOptions(words),
      ["--page-size", "--max-pages", "--retries"].allSatisfy({ words.isReadable($0, as: Int.self) }
      ),
      ["--max-wait", "--timeout"].allSatisfy({ words.isReadable($0, as: TimeSpan.self) })
    else { return nil }
    self.init()
    name = words.operands[0]
    self.words = Array(words.operands.dropFirst())
    parameters = words.list("-q")
    headers = words.list("-H")
    data = words.value("-d")
    fields = words.list("-F")
    bodyFile = words.value("--body-file")
    include = words.has("-i") || words.has("--include")
    verbose = words.has("-v") || words.has("--verbose")
    paginate = words.has("--paginate")
    jsonl = words.has("--jsonl")
    slurp = words.has("--slurp")
    pageSize = words.argument("--page-size")
    maxPages = words.argument("--max-pages")
    retries = words.argument("--retries")
    retryOn = words.list("--retry-on")
    maxWait = words.argument("--max-wait")
    timeout = words.argument("--timeout")
    baseURL = words.value("--base-url")
    fresh = words.has("--fresh")
    raw = words.has("--raw")
    dryRun = words.has("--dry-run")
    reveal = words.has("--reveal")
    self.store = store
    network = NetworkOptions(words)
    replay = .none
  }
}
