internal import Guides
internal import TerminalUI

extension Setting {
  /// A guide's words as styled runs. Every link has its number behind it.
  func runs(_ inlines: [Inline], style: Style = .plain) -> [StyledText] {
    inlines.flatMap { inline -> [StyledText] in
      switch inline {
      case .text(let text): [StyledText(self.text(text), style)]
      case .strong(let inner): runs(inner, style: .strong)
      case .emphasis(let inner): runs(inner, style: .emphasis)
      case .code(let text): [StyledText(self.text(text), .code)]
      case .link(let inner, let url): link(inner, url)
      case .figure(let figure): [StyledText(name(of: figure), .muted)]
      case .lineBreak: [StyledText("\n", style)]
      }
    }
  }

  private func link(_ inner: [Inline], _ url: String) -> [StyledText] {
    let name = inner.isEmpty ? [StyledText(text(url), .link)] : runs(inner, style: .link)
    guard let number = links.number(of: url) else { return name }
    return name + [StyledText(" [\(number)]", .link)]
  }

  /// `[3] Screenshot: the API keys page`
  func name(of figure: Figure) -> String {
    let number = links.number(of: figure.source).map { "[\($0)] " } ?? ""
    return "\(number)Screenshot: \(text(figure.name))"
  }
}
