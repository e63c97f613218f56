/// A stretch of a text in one style. Whatever shows, searches, numbers or prints the words of a guide goes through the
/// same runs.
package enum TextRun {
  /// How the words look. In a link everything is the link; else the innermost mark-up counts.
  package enum Style { case plain, strong, emphasis, code, link }

  case words(String, Style)
  /// Around the runs of a link. What it says is given before it too, for those who count links.
  case linkBegins([Inline], url: String)
  case linkEnds(url: String)
  /// A link that has no words of its own, between its beginning and its end.
  case address(String)
  case figure(Figure)
  /// A break that the author wrote, in the style of the words around it.
  case lineBreak(Style)

  /// What is shown of it: the name of a figure, the address of a link without words.
  package var shown: String {
    switch self {
    case .words(let text, _), .address(let text): text
    case .figure(let figure): figure.name
    case .lineBreak: "\n"
    case .linkBegins, .linkEnds: ""
    }
  }

  /// What its author has written for reading.
  package var written: String {
    switch self {
    case .words(let text, _): text
    case .figure(let figure): figure.alternative ?? ""
    case .lineBreak: "\n"
    case .linkBegins, .linkEnds, .address: ""
    }
  }
}

extension [Inline] {
  /// Goes through the runs of a text in written order.
  package func forEachRun(_ visit: (TextRun) -> Void) { forEachRun(.plain, visit) }

  private func forEachRun(_ style: TextRun.Style, _ visit: (TextRun) -> Void) {
    for inline in self {
      switch inline {
      case .text(let text): visit(.words(text, style))
      case .code(let text): visit(.words(text, style == .link ? .link : .code))
      case .strong(let inner): inner.forEachRun(style == .link ? .link : .strong, visit)
      case .emphasis(let inner): inner.forEachRun(style == .link ? .link : .emphasis, visit)
      case .link(let inner, let url):
        visit(.linkBegins(inner, url: url))
        if inner.isEmpty { visit(.address(url)) }
        inner.forEachRun(.link, visit)
        visit(.linkEnds(url: url))
      case .figure(let figure): visit(.figure(figure))
      case .lineBreak: visit(.lineBreak(style))
      }
    }
  }

  /// The words without any mark-up; a hard break becomes a newline.
  package var plainText: String {
    var text = ""
    forEachRun { text += $0.written }
    return text
  }
}
