internal import Basics
internal import ProviderFormat
internal import Secrets

/// Puts values into the template of an address, each in the way that its place asks for: percent-encoded as one
/// component in a path or a query; checked, and not encoded, as host, port or whole base address.
///
/// A value can therefore never move the request to another host: `acme.example.com/` in
/// `https://${connectionConfig.subdomain}.zendesk.com` is refused.
struct AddressWriter: ~Copyable {
  /// What is being written.
  private enum Place: Equatable {
    case scheme
    /// Slashes still to come after the colon.
    case slashes(Int)
    /// `isFresh` until the first character of the host.
    case host(isFresh: Bool)
    case port, path, query, fragment
  }

  private let template: Template
  private let writer: TemplateWriter
  private var place = Place.scheme
  private var address = SecretWriter()

  init(_ template: Template, _ writer: TemplateWriter) {
    self.template = template
    self.writer = writer
  }

  /// The absolute address, with at least `/` as its path and without a fragment.
  consuming func write(
    from sources: borrowing TemplateContext
  ) throws(RequestError) -> SecretBuffer {
    for (index, part) in template.parts.enumerated() {
      if case .literal(let literal) = part {
        for byte in literal.utf8 { append(literal: byte) }
      } else {
        try append(part, before: Self.firstByte(after: index, in: template), from: sources)
      }
    }
    switch place {
    case .scheme, .slashes: throw .badAddress(.scheme)
    case .host, .port: address.append(UInt8(ascii: "/"))
    case .path, .query, .fragment: break
    }
    guard let text = address.finish() else { throw .tooLong }
    // Values that fit one by one may make a host together that cannot be; what only an answer tells is not known here.
    let hasMarks = template.names.contains(where: sources.standIns.contains)
    try text.withBytes { bytes throws(RequestError) in
      let start = bytes.firstOffset(of: "://".utf8).map { $0 + 3 } ?? 0
      let end = bytes.firstOffset(from: start) { "/?#".utf8.contains($0) } ?? bytes.byteCount
      if hasMarks || bytes.extracting(0..<end).firstOffset(of: Redactor.mark.utf8) != nil { return }
      _ = try RequestError.origin(of: bytes)
    }
    try text.withBytes { bytes throws(RequestError) in try Self.check(bytes) }
    return Self.withoutUsualPort(text)
  }

  /// The port that the scheme means anyway is left out, as in every address that is read and written again.
  private static func withoutUsualPort(_ address: consuming SecretBuffer) -> SecretBuffer {
    let port = address.withBytes { bytes -> Range<Int>? in
      for (start, port) in [("https://", ":443"), ("http://", ":80")] where bytes.has(start.utf8) {
        let end = bytes.firstOffset(from: start.utf8.count) { $0 == UInt8(ascii: "/") }
        guard let end, bytes.has(port.utf8, at: end - port.utf8.count) else { return nil }
        return end - port.utf8.count..<end
      }
      return nil
    }
    if let port { address.remove(port) }
    return address
  }

  private mutating func append(literal byte: UInt8) {
    switch (place, byte) {
    case (.scheme, UInt8(ascii: ":")): place = .slashes(2)
    case (.slashes(let count), UInt8(ascii: "/")):
      place = count > 1 ? .slashes(count - 1) : .host(isFresh: true)
    case (.host, UInt8(ascii: "/")), (.port, UInt8(ascii: "/")): place = .path
    case (.host, UInt8(ascii: "?")), (.port, UInt8(ascii: "?")):
      address.append(UInt8(ascii: "/"))
      place = .query
    case (.path, UInt8(ascii: "?")): place = .query
    case (.host, UInt8(ascii: ":")): place = .port
    case (.host, _): place = .host(isFresh: false)
    case (.scheme, _), (.slashes, _), (.port, _), (.path, _), (.query, _), (.fragment, _): break
    }
    if byte == UInt8(ascii: "#") { place = .fragment }
    if place == .fragment { return }
    if byte <= 0x20 || byte >= 0x7F || escapedMarks.contains(byte) {
      address.append(escaped: byte)
    } else if case .host = place {
      address.append(byte.asciiLowercased)
    } else {
      address.append(byte)
    }
  }

  /// The marks of a template that are written as codes: those of the URL Standard for a path and for a query, and the
  /// backslash, which programs that read addresses do not agree about.
  private var escapedMarks: String.UTF8View {
    switch place {
    case .path: "\"<>\\^`{}".utf8
    case .query: "\"<>\\'".utf8
    case .scheme, .slashes, .host, .port, .fragment: "\"<>\\^`{|}".utf8
    }
  }

  /// Adds the value of a placeholder. `next` is the literal byte behind it, nil at the end.
  private mutating func append(
    _ part: Template.Part, before next: UInt8?, from sources: borrowing TemplateContext
  ) throws(RequestError) {
    var value = SecretWriter()
    let result = writer.write(part, from: sources, to: &value)
    let name = Template(parts: [part]).names.first ?? "a placeholder"
    if let failure = result.failure { throw failure }
    if let missing = result.missing.first {
      throw .unfilled(name: missing, place: "the address")
    }
    guard let text = value.finish() else { throw .tooLong }
    let isMark = Template(parts: [part]).names.contains(where: sources.standIns.contains)
    let reason = text.withBytes { insert($0, isMark: isMark, before: next) }
    if let reason { throw .badPart(name: name, reason) }
  }

  /// Returns why the value does not fit.
  private mutating func insert(
    _ value: RawSpan, isMark: Bool, before next: UInt8?
  ) -> RequestError.Reason? {
    if isMark || writer.isRedacting && value.equals(Redactor.mark.utf8) {
      insertMark(value)
      return nil
    }
    switch place {
    case .scheme: return insertBase(value, before: next)
    case .slashes: return .scheme
    case .host(isFresh: true) where next == nil || "/?#".utf8.contains(next ?? 0):
      return insertHost(value, before: next)
    case .host:
      guard value.isHostText else { return .host }
      for offset in 0..<value.byteCount { address.append(value[offset].asciiLowercased) }
      place = .host(isFresh: false)
    case .port:
      guard !value.contains(where: { !$0.isDigit }) else { return .port }
      address.append(value)
    case .path, .query: address.append(component: value)
    case .fragment: break
    }
    return nil
  }

  private mutating func insertMark(_ mark: RawSpan) {
    address.append(mark)
    switch place {
    case .scheme: place = .path
    case .host: place = .host(isFresh: false)
    case .slashes, .port, .path, .query, .fragment: break
    }
  }

  /// A value with which the address begins: only the scheme, or a whole base address.
  private mutating func insertBase(_ value: RawSpan, before next: UInt8?) -> RequestError.Reason? {
    if next == UInt8(ascii: ":") {
      guard value.equals("https".utf8) || value.equals("http".utf8) else { return .scheme }
      address.append(value)
      return nil
    }
    guard address.count == 0 else { return .scheme }
    for scheme in ["https://", "http://"] where value.hasIgnoringCase(scheme.utf8) {
      address.append(text: scheme)
      place = .host(isFresh: true)
      return insertHost(value.extracting(scheme.utf8.count..<value.byteCount), before: next)
    }
    return .scheme
  }

  /// A host with, possibly, a port and a path. A scheme that the template has written already is left out.
  private mutating func insertHost(_ given: RawSpan, before next: UInt8?) -> RequestError.Reason? {
    let value = given.extracting(given.endOfSchemes..<given.byteCount)
    if value.contains(where: { $0 == UInt8(ascii: "@") }) { return .userInfo }
    if value.contains(where: { "?#\\".utf8.contains($0) }) { return .queryInHost }
    if value.contains(where: { $0 <= 0x20 || $0 == 0x7F }) { return .character }
    let slash = value.firstOffset { $0 == UInt8(ascii: "/") } ?? value.byteCount
    guard slash > 0 else { return .host }
    if slash < value.byteCount, value[slash - 1] == UInt8(ascii: ":") { return .port }
    for offset in 0..<slash { address.append(value[offset].asciiLowercased) }
    var end = value.byteCount
    if next == UInt8(ascii: "/") || next == nil, end > slash, value[end - 1] == UInt8(ascii: "/") {
      end -= 1
    }
    for offset in slash..<max(slash, end) {
      if value[offset] < 0x7F {
        address.append(value[offset])
      } else {
        address.append(escaped: value[offset])
      }
    }
    place = slash < value.byteCount && end > slash ? .path : .host(isFresh: false)
    return nil
  }

  private static func firstByte(after index: Int, in template: Template) -> UInt8? {
    guard index + 1 < template.parts.count else { return nil }
    // Two placeholders side by side: what follows is not known, which allows the least.
    guard case .literal(let text) = template.parts[index + 1] else { return UInt8(ascii: "x") }
    return text.utf8.first
  }

  /// A segment of dots would be resolved on the way and lead to another path.
  private static func check(_ address: RawSpan) throws(RequestError) {
    let start = address.firstOffset(of: "://".utf8).map { $0 + 3 } ?? 0
    let end = address.firstOffset(from: start) { $0 == UInt8(ascii: "?") } ?? address.byteCount
    guard var slash = address.firstOffset(from: start, where: { $0 == UInt8(ascii: "/") }) else {
      return
    }
    while slash < end {
      let next = min(
        end, address.firstOffset(from: slash + 1) { $0 == UInt8(ascii: "/") } ?? end)
      let segment = address.extracting(slash + 1..<next)
      if [".", "..", "%2e", "%2e%2e", ".%2e", "%2e."].contains(where: {
        segment.byteCount == $0.utf8.count && segment.hasIgnoringCase($0.utf8)
      }) {
        throw .badAddress(.dotSegment)
      }
      slash = next
    }
  }
}

extension RawSpan {
  /// Behind `https://` and `http://` at its beginning, however often they stand there.
  fileprivate var endOfSchemes: Int {
    var end = 0
    while let scheme = ["https://", "http://"].first(where: { hasIgnoringCase($0.utf8, at: end) }) {
      end += scheme.utf8.count
    }
    return end
  }
}
