internal import Basics

/// Turns the tags inside a line into Markdown or into marks.
enum InlineTags {
  /// The line's text with every tag replaced. Block tags have been taken out before.
  static func text(_ parts: [MDXScanner.Part], _ output: inout PrepassOutput) -> [UInt8] {
    var text: [UInt8] = []
    /// What the open links end in.
    var closers: [[UInt8]] = []
    let marks = TagMarks(parts)
    /// Up to here the parts are done.
    var done = 0
    for (index, part) in parts.enumerated() where index >= done {
      switch part {
      case .text(let bytes): text += bytes
      case .tag(let tag, _):
        if let (marked, end) = marks.marked(tag, at: index) {
          text += marked
          done = end
        } else if tag.name == "a", tag.kind == .close {
          text += closers.popLast() ?? []
        } else if tag.name == "a", let address = tag.attribute("href"), tag.kind == .open {
          text += anchors(tag, &output)
          let isClosed = parts[(index + 1)...].contains(where: \.closesLink)
          if isClosed {
            text.append(UInt8(ascii: "["))
            closers.append(Array("](<\(escaped(address))>)".utf8))
          } else {
            text += Array("<\(address)> ".utf8)
          }
        } else {
          if tag.name == "a", tag.kind == .open { closers.append([]) }
          text += replacement(tag, &output)
        }
      }
    }
    return text
  }

  /// What one tag leaves behind.
  static func replacement(_ tag: MDXTag, _ output: inout PrepassOutput) -> [UInt8] {
    guard tag.kind != .close else { return [] }
    var text = anchors(tag, &output)
    switch tag.name {
    case "img", "Image":
      let source = tag.attribute("src", "srcSet") ?? ""
      text += output.mark(Figure(source: source, alternative: tag.attribute("alt", "title")))
    case "br": text += String(Marks.lineBreak).utf8
    case "Tooltip":
      if let tip = tag.attribute("tip", "title") { text += Array("(\(tip)) ".utf8) }
    default: break
    }
    return text
  }

  private static func anchors(_ tag: MDXTag, _ output: inout PrepassOutput) -> [UInt8] {
    guard let id = tag.attribute("id") ?? (tag.name == "a" ? tag.attribute("name") : nil) else {
      return []
    }
    return output.mark(anchor: id)
  }

  /// The words that a component shows from its attributes: a title, a caption, the name of a parameter, an address to
  /// go to, a description.
  static func heading(of tag: MDXTag) -> String? {
    let title = tag.attribute(
      "title", "label", "summary", "name", "caption", "alt", "path", "query", "body", "header")
    let address = tag.attribute("href", "src", "url")
    let head: String? =
      switch (title, address) {
      case (let title?, let address?): "[\(title)](<\(escaped(address))>)"
      case (let title?, nil): "**\(title)**"
      case (nil, let address?): "[\(address)](<\(escaped(address))>)"
      case (nil, nil): nil
      }
    let parts = [head, tag.attribute("description")].compactMap { $0 }
    guard !parts.isEmpty else { return nil }
    return oneLine(parts.joined(separator: " "))
  }

  /// An attribute's text may be spread over lines.
  static func oneLine(_ text: String) -> String {
    String(text.unicodeScalars.map { $0 == "\n" ? " " : $0 })
  }

  /// An address between angle brackets must not hold them itself.
  private static func escaped(_ address: String) -> String {
    var text = ""
    for scalar in address.unicodeScalars {
      switch scalar {
      case "<": text += "%3C"
      case ">": text += "%3E"
      case "\n", " ": text += "%20"
      case "\\": text += "%5C"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}

extension MDXScanner.Part {
  fileprivate var closesLink: Bool {
    if case .tag(let tag, _) = self { tag.name == "a" && tag.kind == .close } else { false }
  }
}
