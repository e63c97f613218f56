/// Made-up providers whose wizards are measured.
enum BenchGuides {
  static let slug = "bench"
  /// What screens show once a field is there to be filled in.
  static let plainField = "The name of account"
  static let maskedField = "hidden while"

  /// The folder with the guide of two steps.
  static func usual(in workspace: Workspace) throws(Unmeasured) -> String {
    let folder = workspace.file("guides")
    if !workspace.exists(folder) { try write(to: folder, in: workspace) }
    return folder
  }

  /// A guide of two steps: a plain field, and a masked one below a list of so many lines.
  static func write(lines: Int = 2, to folder: String, in workspace: Workspace) throws(Unmeasured) {
    let list = (1...lines).map {
      "\($0). Open **Keys** number \($0) and press [New](https://bench.example/\($0)).\n"
    }
    try write(accounts: 1, keyStep: list.joined(), to: folder, in: workspace)
  }

  /// A guide whose first step has so many plain fields, of a provider that has the masked one besides.
  static func write(fields: Int, to folder: String, in workspace: Workspace) throws(Unmeasured) {
    try write(accounts: fields, keyStep: "1. Copy the key.\n", to: folder, in: workspace)
  }

  private static func write(
    accounts: Int, keyStep: String, to folder: String, in workspace: Workspace
  ) throws(Unmeasured) {
    try workspace.write(
      entry("https://bench.example/api", accounts: accounts),
      to: "\(folder)/\(slug)/provider.yaml")
    try workspace.write(guide(keyStep), to: "\(folder)/\(slug)/guide.md")
    workspace.give(folder)
  }

  /// A provider whose check asks a server on loopback, into the user's own folder of guides.
  static func write(
    _ slug: String, origin: String, home: String, in workspace: Workspace
  ) throws(Unmeasured) {
    let check = """
        headers:
          authorization: Bearer ${apiKey}
        verification:
          method: GET
          endpoints:
            - /v1/me

      """
    let folder = "\(home)/.config/usher/guides/\(slug)"
    try workspace.write(entry(origin, accounts: 0, check: check), to: "\(folder)/provider.yaml")
    workspace.give("\(home)/.config")
  }

  private static func entry(_ origin: String, accounts: Int, check: String = "") -> String {
    let fields = (0..<accounts).map { number in
      """
        account\(number):
          type: string
          title: Account \(number)
          description: The name of account \(number).
          optional: true
          order: \(number + 1)
          doc_section: '#step-1-the-account'

      """
    }
    return """
      display_name: Bench
      categories: [productivity]
      auth_mode: API_KEY
      proxy:
        base_url: \(origin)
      \(check)credentials:
        apiKey:
          type: string
          title: Password
          description: The key.
          secret: true
      \(accounts == 0 ? "" : "    doc_section: '#step-2-the-key'\nconnection_config:\n")
      """ + fields.joined()
  }

  private static func guide(_ keyStep: String) -> String {
    """
    ---
    title: Link Bench
    ---

    ## Overview

    Two steps.

    ### Instructions

    #### Step 1: The account

    1. Sign in.
    2. Read the name of your account.

    #### Step 2: The key

    \(keyStep)
    """
  }

  /// Values in the form that `connect --from` takes.
  static func values(_ number: Int) -> String {
    #"{"credentials": {"apiKey": "\#(key(number))"}, "params": {"account0": "number \#(number)"}}"#
  }

  /// The made-up key of one connection.
  static func key(_ number: Int) -> String { "made-up-for-measuring-\(number)" }
}
