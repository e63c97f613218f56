/// What kind of file a template makes, which says how a value is written in it.
package enum TemplateFormat: String, CaseIterable, Sendable {
  case json, yaml, toml, shell, env
  /// A value is put in as it is. One of several lines only where it has its line for itself.
  case raw
  /// Nobody has said it: only what means the same in all of them is put in.
  case unknown

  /// By the file's name; what templates are called by (`.tmpl`, `.tpl`, `.template`, `.in`) is left aside.
  package init(fileName path: String) {
    var name = path.split(separator: "/").last.map { $0.lowercased() } ?? ""
    if let end = [".tmpl", ".tpl", ".template", ".in"].first(where: name.hasSuffix) {
      name.removeLast(end.count)
    }
    let ending = name.split(separator: ".", omittingEmptySubsequences: false).last.map(String.init)
    switch ending {
    // `.env.production` as well.
    case _ where name == ".env" || name.hasPrefix(".env."): self = .env
    case "json", "jsonc": self = .json
    case "yaml", "yml": self = .yaml
    case "toml": self = .toml
    case "sh", "bash", "zsh", "ksh": self = .shell
    case "env": self = .env
    default: self = .unknown
    }
  }
}
