internal import Basics
internal import GuideText
internal import Onboarding
internal import ProviderFormat

/// What `usher help` explains besides commands: the articles that the manual pages of sections 5 and 7 are made of.
enum ManualTopic: String, CaseIterable {
  case environment
  case exitCodes = "exit-codes"
  case formats
  case configuration = "config.yaml"
  case project = "usher.yaml"
  case providerFiles = "provider-files"
  case teamStore = "team-store"

  /// The topic of a command line such as `help exit-codes`; nil for every other line.
  init?(_ arguments: [String]) {
    guard arguments.count == 2, arguments[0] == "help" else { return nil }
    self.init(rawValue: arguments[1])
  }

  /// Lines for reading, each cleaned and no wider than a page.
  var lines: [String] {
    guard let article else { return ManualTopic.overviewOfFormats }
    let form = Form(
      provider: Provider(
        slug: rawValue, displayName: article.title, authMode: .other(""), origin: .builtIn),
      guide: article, fields: [])
    return GuideText(form).lines
  }

  /// Nil where there is no article: the formats are a list of those that have one.
  private var article: Guide? {
    let markdown: [UInt8]
    switch self {
    case .environment: markdown = PackageResources.Environment_md
    case .exitCodes: markdown = PackageResources.ExitCodes_md
    case .configuration: markdown = PackageResources.Configuration_md
    case .project: markdown = PackageResources.ProjectFiles_md
    case .providerFiles: markdown = ProviderFilesArticle.markdown
    case .teamStore: markdown = PackageResources.TeamStore_md
    case .formats: return nil
    }
    let text = ManualTopic.replacingReferences(String(decoding: markdown, as: UTF8.self))
    return Guide(slug: rawValue, markdown: Array(text.utf8), file: "\(rawValue).md")
  }

  private static var overviewOfFormats: [String] {
    var rows: [[String]] = []
    for topic in [configuration, project, providerFiles] {
      rows.append(["usher help \(topic.rawValue)", topic.article?.title ?? ""])
    }
    let table = TextTable(rows: rows).text
    return ["Formats", "", "Files that Usher reads, each explained by a page of its own:", ""]
      + table.split(separator: "\n").map(String.init)
  }

  /// A link to another article is the command that shows it. There are no links to articles that are not shown here.
  private static func replacingReferences(_ text: String) -> String {
    var parts = text.split(separator: "<doc:", omittingEmptySubsequences: false)
    var replaced = String(parts.removeFirst())
    for part in parts {
      guard let end = part.firstIndex(of: ">") else { continue }
      let name = String(part[..<end])
      replaced += topics[name].map { "`usher help \($0.rawValue)`" } ?? "<doc:\(name)>"
      replaced += part[part.index(after: end)...]
    }
    return replaced
  }

  /// By the names of their articles.
  private static let topics: [String: ManualTopic] = [
    "Configuration": .configuration, "ExitCodes": .exitCodes, "ProjectFiles": .project,
    "Environment": .environment, "ProviderFiles": .providerFiles, "TeamStore": .teamStore,
  ]
}
