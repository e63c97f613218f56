internal import Basics
internal import ProviderFormat

/// Checks what an entry says of requests after the check: when one is sent once more, and how pages follow each other.
enum CallLint {
  static func check(_ proxy: Value.Map, _ provider: Provider, _ report: inout LintReport) {
    if let retry = proxy["retry"]?.map { check(retry: retry, provider, &report) }
    guard let paginate = proxy["paginate"] else { return }
    check(paginate, provider, proxy.line(of: "paginate"), &report)
  }

  // MARK: Another try

  private static func check(
    retry: Value.Map, _ provider: Provider, _ report: inout LintReport
  ) {
    report.check(retry, of: "proxy.retry", by: EntryKeys.retry)
    for key in ["at", "after"] {
      guard let names = retry[key], !names.isTexts else { continue }
      report.error(
        "\"\(key)\" of proxy.retry names no header", line: retry.line(of: key),
        advice: "write the name of the header, or a list of names")
    }
    if let statuses = retry["error_code"], StatusSet(statuses) == nil {
      report.error(
        "error_code of proxy.retry is no status", line: retry.line(of: "error_code"),
        advice: "write 429, 5xx, 500-502, or a list of these")
    }
    if let place = retry["in_body"]?.map {
      check(inBody: place, provider, retry.line(of: "in_body"), &report)
    }
  }

  private static func check(
    inBody place: Value.Map, _ provider: Provider, _ line: Int, _ report: inout LintReport
  ) {
    report.check(place, of: "proxy.retry.in_body", by: EntryKeys.retryInBody)
    if let word = place["strategy"]?.text, !["at", "after"].contains(word) {
      report.error(
        "the strategy \(word) is not known", line: place.line(of: "strategy"),
        advice: "write at for a moment, or after for a number of seconds")
    }
    guard let rules = provider.proxy.retry?.inBody else {
      report.error(
        "in_body of proxy.retry does not say where the time stands", line: line,
        advice: "add path and value")
      return
    }
    do throws(PatternError) {
      _ = try Pattern(rules.pattern)
    } catch {
      report.warning(
        "the value of proxy.retry.in_body is not valid and is skipped: \(error.message)",
        line: place.line(of: "value"), advice: "correct it at its character \(error.offset + 1)")
    }
  }

  // MARK: Pages

  private static func check(
    _ paginate: Value, _ provider: Provider, _ line: Int, _ report: inout LintReport
  ) {
    guard let pages = provider.proxy.pagination else {
      report.error(
        "proxy.paginate does not say how pages follow each other", line: line,
        advice:
          "add type (link, cursor or offset), and where the next page or the parameter for it is named"
      )
      return
    }
    guard !pages.leadsOn else { return }
    report.warning(
      "proxy.paginate does not say in which parameter the cursor goes", line: line,
      advice: "add cursor_name_in_request")
  }
}

extension Value {
  /// Whether it is a text, or a list of nothing else.
  fileprivate var isTexts: Bool {
    if let list { return !list.isEmpty && list.allSatisfy { $0.text != nil } }
    return text != nil
  }
}
