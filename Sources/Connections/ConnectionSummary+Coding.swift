internal import Basics
internal import Requests

/// The bytes of a summary, without the clear columns, which stand beside them: the format's number, then members of one
/// byte for their name, two for their length (the lower one first) and their content.
///
/// Not JSON, because ten thousand of them are read for one list; there is no secret among them.
extension ConnectionSummary {
  /// The format that is written and read.
  private static let format: UInt8 = 1
  /// In bytes. A longer one is not kept: its record is opened in its place.
  package static let sizeLimit = 16 * 1024

  /// Names of members; a number that has been used means the same for ever.
  private enum Member: UInt8 {
    case checked = 1
    case tried, triedDiagnosis, diagnosis, account, organization, expires, unreadExpiry
    case tokenExpires, unreadTokenExpiry, right, metadataName, metadataText, application
    case chosenEnd
  }

  /// - Returns: nil when it would be longer than `sizeLimit`.
  package func encoded() -> [UInt8]? {
    var writer = Writer()
    writer.append(.checked, checked)
    writer.append(.tried, attempt?.time)
    writer.append(.triedDiagnosis, attempt?.kind.rawValue)
    if let finding {
      writer.append(.diagnosis, finding.kind.rawValue)
      writer.append(.account, finding.account)
      writer.append(.organization, finding.organization)
      writer.append(.expires, finding.expires)
      writer.append(.unreadExpiry, finding.unreadExpiry)
      writer.append(.tokenExpires, finding.tokenExpires)
      writer.append(.unreadTokenExpiry, finding.unreadTokenExpiry)
      for right in finding.rights { writer.append(.right, right) }
      for (name, text) in finding.metadata.sorted(by: { $0.key < $1.key }) {
        writer.append(.metadataName, name)
        writer.append(.metadataText, text)
      }
    }
    writer.append(.application, application?.description)
    writer.append(.chosenEnd, chosenEnd)
    return writer.bytes.count <= Self.sizeLimit ? writer.bytes : nil
  }

  /// - Parameters:
  ///   - bytes: as `encoded` makes them.
  ///   - entry: of the same row.
  /// - Returns: nil for what this release does not write: its record is opened in its place.
  package init?(decoding bytes: RawSpan, entry: ConnectionIndexEntry) {
    self.init(entry: entry)
    guard bytes.byteCount > 0, bytes[0] == Self.format else { return nil }
    var offset = 1
    var tried: Timestamp?
    var metadataName: String?
    while offset < bytes.byteCount {
      guard offset + 3 <= bytes.byteCount, let member = Member(rawValue: bytes[offset]) else {
        return nil
      }
      let start = offset + 3
      offset = start + Int(bytes[offset + 1]) + Int(bytes[offset + 2]) << 8
      guard offset <= bytes.byteCount else { return nil }
      let content = bytes.extracting(start..<offset)
      switch member {
      case .checked: checked = Self.time(content)
      case .tried: tried = Self.time(content)
      case .triedDiagnosis:
        guard let time = tried, let kind = Diagnosis.Kind(rawValue: content.shownText) else {
          return nil
        }
        attempt = CheckAttempt(time: time, kind: kind)
      case .diagnosis:
        guard let kind = Diagnosis.Kind(rawValue: content.shownText) else { return nil }
        finding = Finding(kind: kind)
      case .account: finding?.account = content.shownText
      case .organization: finding?.organization = content.shownText
      case .expires: finding?.expires = Self.time(content)
      case .unreadExpiry: finding?.unreadExpiry = content.shownText
      case .tokenExpires: finding?.tokenExpires = Self.time(content)
      case .unreadTokenExpiry: finding?.unreadTokenExpiry = content.shownText
      case .right: finding?.rights.append(content.shownText)
      case .metadataName: metadataName = content.shownText
      case .metadataText:
        guard let name = metadataName else { return nil }
        finding?.metadata[name] = content.shownText
      case .application:
        guard let name = ApplicationName(content.shownText) else { return nil }
        application = name
      case .chosenEnd: chosenEnd = Self.time(content)
      }
    }
  }

  /// Seconds in eight bytes, the lowest first.
  private static func time(_ content: RawSpan) -> Timestamp? {
    guard content.byteCount == 8 else { return nil }
    var bits: UInt64 = 0
    for index in 0..<8 { bits |= UInt64(content[index]) << UInt64(8 * index) }
    return Timestamp(secondsSinceEpoch: Int64(bitPattern: bits))
  }

  private struct Writer {
    private(set) var bytes = [ConnectionSummary.format]

    mutating func append(_ member: Member, _ text: String?) {
      guard let text else { return }
      append(member, text.utf8)
    }

    mutating func append(_ member: Member, _ time: Timestamp?) {
      guard let time else { return }
      let bits = UInt64(bitPattern: time.secondsSinceEpoch)
      append(member, (0..<8).map { UInt8(truncatingIfNeeded: bits >> UInt64(8 * $0)) })
    }

    private mutating func append(_ member: Member, _ content: some Collection<UInt8>) {
      let count = content.count
      guard count <= ConnectionSummary.sizeLimit else {
        // What is too long makes the whole too long, whatever else it holds.
        bytes += [UInt8](repeating: 0, count: ConnectionSummary.sizeLimit)
        return
      }
      bytes += [member.rawValue, UInt8(truncatingIfNeeded: count), UInt8(count >> 8)]
      bytes += content
    }
  }
}
