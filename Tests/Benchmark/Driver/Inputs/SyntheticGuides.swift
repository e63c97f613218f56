import FoundationEssentials
import TestSupport

/// A folder of made-up providers, as many as wanted, in the size of real ones: about 900 bytes each.
enum SyntheticGuides {
  private static let first = ["Amber", "Blue", "Copper", "Delta", "Ember", "Frost", "Granite"]
  private static let second = [
    "Mail", "Ledger", "Board", "Desk", "Cloud", "Forms", "People", "Pay",
  ]
  private static let third = ["", " (API Key)", " Sandbox", " Enterprise", " (OAuth)"]

  static func name(_ number: Int) -> String {
    let tail = number < 280 ? "" : " \(number / 280)"
    return first[number % 7] + second[number / 7 % 8] + third[number / 56 % 5] + tail
  }

  static func slug(_ number: Int) -> String {
    let name = name(number).lowercased().filter { $0.isLetter || $0.isNumber || $0 == " " }
    return name.split(separator: " ").joined(separator: "-")
  }

  /// In the layout of Nango's repository: one file, and guides for the first ones.
  static func writeRepository(_ count: Int, guides: Int, to folder: String) throws {
    let text = (0..<count).map { "\(slug($0)):\n" + entry($0, indent: "  ") }.joined()
    try write(text, to: "\(folder)/packages/providers/providers.yaml")
    for number in 0..<guides {
      try write(guide(number), to: "\(folder)/docs/all/\(slug(number))/connect.mdx")
    }
  }

  /// In our own layout: a folder for each.
  static func writeFolders(_ count: Int, to folder: String) throws {
    for number in 0..<count {
      try write(entry(number, indent: ""), to: "\(folder)/\(slug(number))/provider.yaml")
      try write(guide(number), to: "\(folder)/\(slug(number))/guide.md")
    }
  }

  private static func entry(_ number: Int, indent: String) -> String {
    let slug = slug(number)
    return """
      display_name: \(name(number))
      categories:
        - \(second[number / 7 % 8].lowercased())
        - \(number % 29 == 0 ? "popular" : "other")
      auth_mode: \(number % 3 == 0 ? "OAUTH2" : "API_KEY")
      proxy:
        base_url: https://api.example.com/\(slug)/v1
        headers:
          authorization: Bearer ${apiKey}
          accept: application/json
        verification:
          method: GET
          endpoints:
            - /users/me
        retry:
          after: retry-after
      docs: https://docs.example.com/docs/\(slug)
      docs_connect: https://docs.example.com/docs/all/\(slug)/connect
      credentials:
        apiKey:
          type: string
          title: API key
          description: The key that the settings of your account show once when it is made.
          example: key-0123456789abcdef
          pattern: '^key-[0-9a-f]{16}$'
          doc_section: '#step-1-make-a-key'
      connection_config:
        region:
          type: string
          title: Region
          description: Where your account is kept.
          enum:
            - eu
            - us

      """.split(separator: "\n", omittingEmptySubsequences: false)
        .map { $0.isEmpty ? "" : indent + $0 }.joined(separator: "\n")
  }

  private static func guide(_ number: Int) -> String {
    """
    ---
    title: \(name(number)) - How do I link my account?
    ---

    ## Overview

    1. A key

    ### Instructions

    #### Step 1: Make a key

    1. Open the [settings](https://docs.example.com/\(slug(number))).
    2. Press **New key** and copy it.

    """
  }

  private static func write(_ text: String, to path: String) throws {
    let folder = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true)
    TextFile.write(text, to: path)
  }
}
