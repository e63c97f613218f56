/// Takes a template apart. Works on bytes; all marks are ASCII, so no character is ever cut.
struct TemplateParser {
  private let text: [UInt8]
  private let depth: Int

  /// Functions inside functions; none of the known templates has more than two.
  private static let deepest = 4

  init(_ text: String, depth: Int = 0) {
    self.text = Array(text.utf8)
    self.depth = depth
  }

  mutating func parse() -> [Template.Part] {
    var parts: [Template.Part] = []
    var literalStart = 0
    var position = 0
    while position < text.count {
      guard has("${", at: position), let (part, end) = readPlaceholder(at: position) else {
        position += 1
        continue
      }
      if literalStart < position { parts.append(.literal(string(literalStart..<position))) }
      parts.append(part)
      position = end
      literalStart = end
    }
    if literalStart < text.count { parts.append(.literal(string(literalStart..<text.count))) }
    return parts
  }

  /// What begins with `${` here, and where it ends; nil when nothing closes it.
  private func readPlaceholder(at start: Int) -> (Template.Part, Int)? {
    let inner = start + 2
    if let (function, arguments) = call(at: inner) { return readCall(function, at: arguments) }
    guard let close = text[inner...].firstIndex(of: UInt8(ascii: "}")), close > inner else {
      return nil
    }
    let name = string(inner..<close)
    if name == "random" { return (.random, close + 1) }
    if let time = TemplateTime(name) { return (.now(time), close + 1) }
    return (.name(name), close + 1)
  }

  /// The function whose call begins here, and where its arguments do.
  private func call(at start: Int) -> (TemplateFunction, arguments: Int)? {
    for function in TemplateFunction.allCases where has("\(function.rawValue)(", at: start) {
      return (function, start + function.rawValue.utf8.count + 1)
    }
    return nil
  }

  private func readCall(
    _ function: TemplateFunction, at start: Int
  ) -> (Template.Part, Int)? {
    guard depth < Self.deepest, let (end, commas) = closing(from: start) else { return nil }
    let arguments = divide(start..<end, at: commas, for: function).map { range in
      var parser = TemplateParser(string(range).trimmed, depth: depth + 1)
      return Template(parts: parser.parse())
    }
    return (.call(function, arguments), end + 2)
  }

  /// Where the `)}` of a call is, and which commas are its own: not those of names and calls inside of it.
  private func closing(from start: Int) -> (end: Int, commas: [Int])? {
    var position = start
    var inside = 0
    var commas: [Int] = []
    while position < text.count {
      if has("${", at: position) {
        if let (_, arguments) = call(at: position + 2) {
          inside += 1
          position = arguments
        } else if let close = text[position...].firstIndex(of: UInt8(ascii: "}")) {
          position = close + 1
        } else {
          return nil
        }
      } else if has(")}", at: position) {
        if inside == 0 { return (position, commas) }
        inside -= 1
        position += 2
      } else {
        if inside == 0, text[position] == UInt8(ascii: ",") { commas.append(position) }
        position += 1
      }
    }
    return nil
  }

  private func divide(
    _ range: Range<Int>, at commas: [Int], for function: TemplateFunction
  ) -> [Range<Int>] {
    switch function.arguments {
    case .one: return [range]
    case .textAndKey:
      guard let comma = commas.last else { return [range] }
      return [range.lowerBound..<comma, comma + 1..<range.upperBound]
    case .list:
      let starts = [range.lowerBound] + commas.map { $0 + 1 }
      return zip(starts, commas + [range.upperBound]).map { $0..<$1 }
    }
  }

  private func has(_ mark: String, at position: Int) -> Bool {
    text[min(position, text.count)...].starts(with: mark.utf8)
  }

  private func string(_ range: Range<Int>) -> String {
    String(decoding: text[range], as: UTF8.self)
  }
}
