internal import Basics
internal import ProviderFormat

/// Checks the entry itself: its keys, its words, its auth mode. What its API is called by is `ProxyLint`'s.
enum EntryLint {
  static func check(_ provider: Provider, _ report: inout LintReport) {
    let entry = provider.entry
    report.check(entry, of: "\"\(provider.slug)\"", by: EntryKeys.entry)
    checkSlug(provider, &report)
    checkMode(provider, &report)
    checkWords(provider, &report)
    if entry["display_name"]?.text?.isEmpty ?? true {
      report.warning(
        "\"\(provider.slug)\" has no display_name", line: provider.line,
        advice: "add the name that people know it by")
    }
    ProxyLint.check(provider, &report)
    checkToken(provider, &report)
  }

  private static func checkSlug(_ provider: Provider, _ report: inout LintReport) {
    guard !Provider.isSlug(provider.slug) else { return }
    report.error(
      "the slug \"\(provider.slug)\" has other characters than a to z, 0 to 9 and hyphens",
      line: provider.line, advice: "rename the provider and its folder")
  }

  private static func checkMode(_ provider: Provider, _ report: inout LintReport) {
    guard case .other(let word) = provider.authMode else { return }
    guard !word.isEmpty else {
      return report.error(
        "\"\(provider.slug)\" has no auth_mode", line: provider.line,
        advice: "add one, for instance API_KEY or BASIC")
    }
    let forms = AuthMode.known.filter(\.isFormBased).map(\.rawValue)
    report.error(
      "the auth_mode \(word) is not known", line: provider.entry.line(of: "auth_mode"),
      advice: SpellingSuggestion.of(word, in: AuthMode.known.map(\.rawValue)).map {
        "did you mean \($0)?"
      }
        ?? "use one of: \(forms.joined(separator: ", "))")
  }

  private static func checkWords(_ provider: Provider, _ report: inout LintReport) {
    let entry = provider.entry
    for category in provider.categories where !EntryKeys.categories.contains(category) {
      let message = "the category \"\(category)\" is not one of the usual ones"
      let line = entry.line(of: "categories")
      if let near = SpellingSuggestion.of(category, in: EntryKeys.categories) {
        report.warning(message, line: line, advice: "did you mean \"\(near)\"?")
      } else {
        report.note(message, line: line, advice: "keep it if people search by that word")
      }
    }
    for (key, words) in EntryKeys.words {
      guard let word = entry[key]?.text, !words.contains(word) else { continue }
      report.warning(
        "the \(key) \(word) is not known", line: entry.line(of: key),
        advice: "use one of: \(words.sorted().joined(separator: ", "))")
    }
    for key in ["docs", "docs_connect", "setup_guide_url"] {
      guard let address = entry[key]?.text, !address.isEmpty, !address.hasPrefix("https://") else {
        continue
      }
      report.warning(
        "\(key) is no https address", line: entry.line(of: key),
        advice: "write the whole address, beginning with https://")
    }
  }

  /// The modes in which a token is asked for before anything else can be.
  private static func checkToken(_ provider: Provider, _ report: inout LintReport) {
    guard case .token(let source) = provider.authMode.rules.proof, source != .service else {
      return
    }
    let entry = provider.entry
    let line = entry.line(of: "auth_mode")
    if entry["token_url"] == nil || entry["token_url"]?.text?.isEmpty == true {
      report.error(
        "\(provider.authMode.rawValue) asks for a token, and \"\(provider.slug)\" has no token_url",
        line: line, advice: "add token_url with the address that gives tokens")
    } else if let url = entry["token_url"]?.text, url.hasPrefix("http://") {
      report.warning(
        "token_url is not encrypted", line: entry.line(of: "token_url"), advice: "use https://")
    }
    if source == .declared, entry["token_response"]?["token"]?.text == nil {
      report.error(
        "nothing says where the token stands in the answer",
        line: entry["token_response"] == nil ? line : entry.line(of: "token_response"),
        advice: "add token_response with token: and the path to it, for instance access_token")
    }
  }
}
