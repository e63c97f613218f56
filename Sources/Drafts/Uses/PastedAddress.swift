internal import Basics
internal import ProviderFormat

/// An address out of a browser where a base address, a host or a part of one is wanted, taken apart. For plain fields only:
/// its parts are ordinary texts.
struct PastedAddress {
  /// `https://` or `http://`, the last one where there are two; nil without one.
  private var scheme: String?
  /// In small letters, without dots at its end.
  private let host: String
  /// `:8443`; empty when there is none, or the scheme's own.
  private let port: String
  /// With its first slash and without slashes at its end; no query and no fragment.
  private let path: String
  /// Whether it is a host's name and nothing else.
  let isBare: Bool

  /// Nil for what has no host in it, and for an e-mail address.
  init?(_ text: String) {
    guard !text.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F }) else { return nil }
    var rest = text[...]
    while let found = Self.scheme(of: rest) {
      scheme = found.name
      rest = rest.dropFirst(found.length)
    }
    let end = rest.firstIndex { "/?#\\".contains($0) } ?? rest.endIndex
    var authority = rest[..<end]
    if let at = authority.lastIndex(of: "@") {
      if scheme == nil { return nil }
      authority = authority[authority.index(after: at)...]
    }
    let colon = authority.firstIndex(of: ":") ?? authority.endIndex
    var name = authority[..<colon].lowercased()
    while name.hasSuffix(".") { name.removeLast() }
    let digits = authority[colon...].dropFirst()
    let isOwnPort = digits.isEmpty || String(digits) == (scheme == "http://" ? "80" : "443")
    guard let read = HostAndPort(isOwnPort ? name : "\(name):\(digits)"), !name.isEmpty else {
      return nil
    }
    host = read.host
    port = read.port.map { ":\($0)" } ?? ""
    var path = rest[end...].prefix { !"?#".contains($0) }
    while path.hasSuffix("/") { path.removeLast() }
    self.path = String(path)
    isBare = authority.count == text.count && colon == authority.endIndex
  }

  /// A scheme with the slashes behind it, of which one may be missing.
  private static func scheme(of text: Substring) -> (name: String, length: Int)? {
    for name in ["https:/", "http:/"] where text.prefix(name.count).lowercased() == name {
      return (name + "/", text.dropFirst(name.count).hasPrefix("/") ? name.count + 1 : name.count)
    }
    return nil
  }

  /// What a field may take of it, best first.
  func parts(for place: AddressPlace, takesPath: Bool, wantsScheme: Bool) -> [String] {
    switch place {
    case .host(let before, let after, let isOpen) where !before.isEmpty || !after.isEmpty:
      return part(before, after, isOpen: isOpen).map { [$0] } ?? []
    case .host where !wantsScheme:
      return takesPath
        ? [host + port + path, host + port, host] : [host + port, host, host + port + path]
    case .host, .base:
      guard let scheme else { return [] }
      return [scheme + host + port + path, scheme + host + port, scheme + host]
    }
  }

  /// What stands in the host between two texts; nil when they do not stand there.
  private func part(_ before: String, _ after: String, isOpen: Bool) -> String? {
    var name = host[...]
    let isWhole = name.contains(".")
    if isOpen, name.hasPrefix("www.") { name = name.dropFirst(4) }
    if isOpen, !after.isEmpty, let next = name.firstRange(of: after) {
      name = name[..<next.lowerBound]
    } else if !isOpen, !after.isEmpty, name.hasSuffix(after) {
      name = name.dropLast(after.count)
    } else if isWhole {
      return nil
    }
    if !isWhole, name == host { return host }
    if name.hasPrefix(before) { name = name.dropFirst(before.count) }
    if name.hasPrefix("www.") { name = name.dropFirst(4) }
    return name.isEmpty || name == "www" ? nil : String(name)
  }
}

extension FieldRules {
  /// What the field takes of an address; nil when there is nothing to take off, and when nothing of it fits.
  func addressPart(of bytes: RawSpan) -> String? {
    guard let place, field.choices.isEmpty, (1...2048).contains(bytes.byteCount) else { return nil }
    let text = bytes.shownText
    guard let address = PastedAddress(text) else { return nil }
    let accepted = accept(bytes)
    if accepted == true, field.format?.accepts(bytes) != false { return nil }
    // A whole host may stand for a part of it; else only a pattern tells that a name in capitals is wrong.
    if address.isBare, accepted != false, !(place.isPart && text.contains(".")) { return nil }
    let parts = address.parts(
      for: place, takesPath: takesPath, wantsScheme: field.format == .uri)
    let best = parts.first { part in
      part.withBytes { accept($0) != false && field.format?.accepts($0) != false }
    }
    return best == text ? nil : best
  }

  /// A whole address where only a part of one is wanted.
  func wholeAddress(_ bytes: RawSpan) -> Finding? {
    guard let place else { return nil }
    let part = addressPart(of: bytes)
    guard part != nil || bytes.isWholeAddress else { return nil }
    if part == nil, accept(bytes) == true || place == .base || field.format == .uri { return nil }
    // A host with a path may be what is wanted.
    if part == nil, !place.isPart, !bytes.hasSchemeOrQuery { return nil }
    let what: String
    if let part {
      what = "\(name) is only \(part) of this address."
    } else if case .host(_, let after, _) = place, !after.isEmpty {
      what = "This is an address; \(name) is what stands before \(after) in yours."
    } else if place.isPart {
      what = "This is a whole address; \(name) is only a part of its host."
    } else {
      what = "This is an address in which no host can be found; \(name) is a host's name."
    }
    return Finding(kind: .address, severity: .overridable, sentence: what)
  }

  /// What cannot stand where it has to in an address; a pattern or a format says so itself.
  func impossibleHost(_ bytes: RawSpan) -> Finding? {
    guard let place, pattern == nil, field.format == nil, field.choices.isEmpty else { return nil }
    let isPossible: Bool
    switch place {
    case .base: isPossible = (try? Origin(ofAddress: bytes)) != nil
    case .host where place.isPart: isPossible = bytes.isHostText
    case .host:
      let end = bytes.firstOffset { $0 == UInt8(ascii: "/") } ?? bytes.byteCount
      isPossible = HostAndPort(bytes.shownText(0..<end)) != nil
    }
    if isPossible { return nil }
    let wanted =
      place == .base
      ? "begins with https:// or http:// and a host"
      : "is a part of an address and has letters, digits, dots and hyphens only"
    return Finding(
      kind: .address, severity: .overridable, sentence: "\(name) \(wanted); this is something else."
    )
  }

  /// The whole address that a host alone stands for, where one is wanted.
  func wholeAddress(ofHost bytes: RawSpan) -> String? {
    guard place == .base, bytes.firstOffset(of: "://".utf8) == nil else { return nil }
    let address = "https://" + bytes.shownText
    let isRight = address.withBytes {
      (try? Origin(ofAddress: $0)) != nil && accept($0) != false
        && field.format?.accepts($0) != false
    }
    return isRight ? address : nil
  }

  /// Whether a path may belong to the value: the example has one, or the words speak of an address.
  private var takesPath: Bool {
    if let example = field.example, !example.isEmpty {
      return PastedAddress(example)?.parts(
        for: .host(before: "", after: "", isOpen: false), takesPath: true, wantsScheme: false
      ).first?.contains("/") ?? false
    }
    return [field.id.name, field.title].map(Field.words).contains { text in
      [" url ", " uri ", " endpoint "].contains { text.contains($0) }
    }
  }
}

extension RawSpan {
  /// Whether the text begins as addresses do, or a slash, a question mark or a # stands in it.
  fileprivate var isWholeAddress: Bool {
    hasSchemeOrQuery || contains { $0 == UInt8(ascii: "/") }
  }

  fileprivate var hasSchemeOrQuery: Bool {
    firstOffset(of: "://".utf8) != nil || contains { "?#".utf8.contains($0) }
  }
}
