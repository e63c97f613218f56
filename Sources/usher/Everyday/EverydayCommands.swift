internal import Connections

extension Usher: EverydayCommand {
  static let everyday = EverydayOptions(
    flags: [DisplayOptions.flag],
    values: CatalogueOptions.options + StoreOptions.options + NetworkOptions.options)

  init?(_ words: EverydayWords) {
    guard words.operands.isEmpty, let store = StoreOptions(words) else { return nil }
    self.init()
    self.store = store
    catalogue = CatalogueOptions(words)
    network = NetworkOptions(words)
    display = DisplayOptions(words)
  }
}

extension Connect: EverydayCommand {
  static let everyday = EverydayOptions(
    flags: [DisplayOptions.flag, "--replace"] + ValueOptions.flags,
    values: ["--name"] + ValueOptions.options + CatalogueOptions.options + StoreOptions.options
      + NetworkOptions.options,
    lists: ValueOptions.lists)

  init?(_ words: EverydayWords) {
    guard words.operands.count == 1, let store = StoreOptions(words) else { return nil }
    self.init()
    provider = words.operands[0]
    name = words.value("--name") ?? ConnectionName.defaultName
    values = ValueOptions(words)
    replace = words.has("--replace")
    skipLinked = false
    recipients = []
    self.store = store
    display = DisplayOptions(words)
    catalogue = CatalogueOptions(words)
    network = NetworkOptions(words)
    link = .none
    replay = .none
    kiosk = .none
  }
}

extension List: EverydayCommand {
  static let everyday = EverydayOptions(flags: ["--json"], values: StoreOptions.options)

  init?(_ words: EverydayWords) {
    guard words.operands.isEmpty, let store = StoreOptions(words) else { return nil }
    self.init()
    self.store = store
    json = words.has("--json")
  }
}

extension Status: EverydayCommand {
  static let everyday = EverydayOptions(
    flags: ["--quiet", "--json"], values: ["--expiring"] + StoreOptions.options)

  init?(_ words: EverydayWords) {
    guard words.operands.isEmpty, let store = StoreOptions(words),
      words.isReadable("--expiring", as: TimeSpan.self)
    else { return nil }
    self.init()
    expiring = words.argument("--expiring")
    quiet = words.has("--quiet")
    json = words.has("--json")
    self.store = store
  }
}

extension Show: EverydayCommand {
  static let everyday = EverydayOptions(flags: ["--json"], values: StoreOptions.options)

  init?(_ words: EverydayWords) {
    guard words.operands.count == 1, let store = StoreOptions(words) else { return nil }
    self.init()
    name = words.operands[0]
    json = words.has("--json")
    self.store = store
  }
}

extension Get: EverydayCommand {
  static let everyday = EverydayOptions(
    flags: ["--reveal", "--json"], values: StoreOptions.options)

  init?(_ words: EverydayWords) {
    guard 1...2 ~= words.operands.count, let store = StoreOptions(words) else { return nil }
    self.init()
    name = words.operands[0]
    field = words.operands.count == 2 ? words.operands[1] : nil
    reveal = words.has("--reveal")
    json = words.has("--json")
    self.store = store
  }
}

extension Run: EverydayCommand {
  static let everyday = EverydayOptions(
    flags: ["--file", "--print", "--json"],
    values: ["--setup"] + StoreOptions.options + NetworkOptions.options, lists: ["--env"])

  init?(_ words: EverydayWords) {
    guard let store = StoreOptions(words) else { return nil }
    self.init()
    names = words.operands
    setup = words.value("--setup")
    file = words.has("--file")
    print = words.has("--print")
    json = words.has("--json")
    renamed = words.list("--env")
    self.store = store
    network = NetworkOptions(words)
  }
}

extension Check: EverydayCommand {
  static let everyday = EverydayOptions(
    flags: ["--all", "--dry-run", "--reveal", "--json"],
    values: ["--older-than"] + StoreOptions.options + NetworkOptions.options)

  init?(_ words: EverydayWords) {
    guard let store = StoreOptions(words), words.isReadable("--older-than", as: TimeSpan.self)
    else { return nil }
    self.init()
    names = words.operands
    olderThan = words.argument("--older-than")
    all = words.has("--all")
    dryRun = words.has("--dry-run")
    reveal = words.has("--reveal")
    json = words.has("--json")
    self.store = store
    network = NetworkOptions(words)
    replay = .none
  }
}
