internal import Basics
internal import ProviderFormat

/// Checks how a provider's API is called, and the call that shows whether credentials work.
enum ProxyLint {
  static func check(_ provider: Provider, _ report: inout LintReport) {
    guard let proxy = provider.entry["proxy"]?.map else {
      if provider.authMode.rules.needsProxy {
        report.warning(
          "\"\(provider.slug)\" has no proxy, so nothing says how its API is called",
          line: provider.line, advice: "add proxy with base_url and headers")
      }
      return
    }
    report.check(proxy, of: "proxy", by: EntryKeys.proxy)
    checkBase(provider, proxy, &report)
    CallLint.check(proxy, provider, &report)
    if let check = proxy["verification"]?.map {
      checkVerification(check, provider, proxy, &report)
    }
  }

  private static func checkBase(
    _ provider: Provider, _ proxy: Value.Map, _ report: inout LintReport
  ) {
    guard let base = provider.proxy.baseURL, !base.isEmpty else {
      let line = provider.entry.line(of: "proxy")
      if proxy["verification"] != nil, provider.proxy.verification?.baseURLOverride == nil {
        report.error(
          "the check has no base_url to begin its address with", line: line,
          advice: "add base_url to proxy")
      } else if provider.authMode.isFormBased {
        report.warning(
          "proxy has no base_url", line: line,
          advice: "add the address that all paths of the API begin with")
      }
      return
    }
    checkAddress(base, "base_url", proxy.line(of: "base_url"), &report)
  }

  private static func checkAddress(
    _ address: String, _ key: String, _ line: Int, _ report: inout LintReport
  ) {
    if address.hasPrefix("http://") {
      report.warning("\(key) is not encrypted", line: line, advice: "use https://")
    } else if !address.hasPrefix("https://"), !address.hasPrefix("${") {
      report.warning(
        "\(key) is no whole address", line: line, advice: "begin it with https://")
    }
  }

  private static func checkVerification(
    _ check: Value.Map, _ provider: Provider, _ proxy: Value.Map, _ report: inout LintReport
  ) {
    report.check(check, of: "proxy.verification", by: EntryKeys.verification)
    let line = proxy.line(of: "verification")
    if provider.proxy.verification?.endpoints.allSatisfy(\.isEmpty) ?? true {
      report.error(
        "proxy.verification names no endpoint", line: line,
        advice: "add endpoints with the path of a call that every key may make")
    }
    if let method = check["method"]?.text, !EntryKeys.methods.contains(method.uppercased()) {
      report.error(
        "the method \(method) is not known", line: check.line(of: "method"),
        advice: "use one of: \(EntryKeys.methods.sorted().joined(separator: ", "))")
    }
    if let base = provider.proxy.verification?.baseURLOverride {
      checkAddress(base, "base_url_override", check.line(of: "base_url_override"), &report)
    }
    if provider.verificationScript != nil {
      report.error(
        "proxy.verification and credentials_verification_script exclude each other", line: line,
        advice: "remove one of them")
    }
  }
}
