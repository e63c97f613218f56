internal import Basics
internal import Connections

/// What a key holds besides a sealed file: one line of JSON with the clear columns, and the file behind it.
struct EtcdContent {
  let head: Value
  let file: [UInt8]

  init(_ head: Value, _ file: [UInt8]) {
    self.head = head
    self.file = file
  }

  var bytes: [UInt8] { Array(head.json.utf8) + [UInt8(ascii: "\n")] + file }

  /// Nil for what is none.
  init?(_ bytes: [UInt8]) {
    guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")),
      let head = try? Value(json: String(decoding: bytes[..<end], as: UTF8.self))
    else { return nil }
    self.init(head, Array(bytes[(end + 1)...]))
  }
}

extension IndexRow {
  /// With what a list shows, sealed; nil for nothing.
  func content(_ summary: [UInt8]?) -> [UInt8] {
    let head = Value.map([
      ("id", .string(id)), ("version", .int(Int(version))),
      ("created", .int(Int(created.secondsSinceEpoch))),
      ("changed", .int(Int(changed.secondsSinceEpoch))), ("recipients", .string(recipients)),
      ("digest", .string(digest.hex)),
    ])
    return EtcdContent(head, summary ?? []).bytes
  }

  /// Nil when it is not as it was written.
  init?(_ name: ConnectionName, _ content: EtcdContent) {
    guard let id = content.head["id"]?.text, let recipients = content.head["recipients"]?.text,
      let version = content.head["version"]?.wholeNumber,
      let created = content.head["created"]?.wholeNumber,
      let changed = content.head["changed"]?.wholeNumber, IndexRow.versions.contains(version)
    else { return nil }
    self.init(
      id: id, name: name, version: version, created: Timestamp(secondsSinceEpoch: created),
      changed: Timestamp(secondsSinceEpoch: changed), recipients: recipients)
    guard content.head["digest"]?.text == digest.hex else { return nil }
  }
}

extension ApplicationRow {
  func content(_ file: [UInt8]) -> [UInt8] {
    let head = Value.map([
      ("provider", .string(provider)), ("created", .int(Int(created.secondsSinceEpoch))),
      ("changed", .int(Int(changed.secondsSinceEpoch))), ("recipients", .string(recipients)),
      ("digest", .string(digest.hex)),
    ])
    return EtcdContent(head, file).bytes
  }

  /// Nil when it is not as it was written.
  init?(_ name: ApplicationName, _ content: EtcdContent) {
    guard let provider = content.head["provider"]?.text,
      let recipients = content.head["recipients"]?.text,
      let created = content.head["created"]?.wholeNumber,
      let changed = content.head["changed"]?.wholeNumber
    else { return nil }
    self.init(
      name: name, provider: provider, created: Timestamp(secondsSinceEpoch: created),
      changed: Timestamp(secondsSinceEpoch: changed), recipients: recipients)
    guard content.head["digest"]?.text == digest.hex else { return nil }
  }
}

extension SealedToken {
  var content: [UInt8] { EtcdContent(.map([("version", .int(Int(version)))]), file).bytes }

  /// Nil for what is none.
  init?(_ bytes: [UInt8]) {
    guard let content = EtcdContent(bytes),
      let version = content.head["version"]?.wholeNumber
    else { return nil }
    self.init(version: version, file: content.file)
  }
}

/// What a store says of itself, and where it keeps what is stored.
struct EtcdHeader {
  /// Of what is written.
  static let format: Int64 = 1

  let header: StoreHeader
  let generation: String

  var bytes: [UInt8] {
    let head = Value.map([
      ("usher", .int(Int(Self.format))), ("id", .string(header.id)),
      ("created", .int(Int(header.created.secondsSinceEpoch))),
      ("recipients", .list(header.recipients.map { .string($0.text) })),
      ("generation", .string(generation)), ("digest", .string(header.digest.hex)),
    ])
    return Array(head.json.utf8)
  }

  init(_ header: StoreHeader, generation: String) {
    self.header = header
    self.generation = generation
  }

  /// - Throws: where it is not as it was written, or by a later release.
  init(_ bytes: [UInt8], path: String) throws(StoreError) {
    let changed = StoreError.failed(
      Explanation(
        what: "the store \(path) is damaged", why: "what it says of itself has been changed",
        advice: "import a backup into another prefix, and look who can write to this one"))
    guard let head = try? unsafe Value(json: bytes.span.bytes),
      let format = head["usher"]?.wholeNumber
    else { throw changed }
    guard format <= Self.format else {
      throw .failed(
        Explanation(
          what: "the store \(path) is not used", why: "a later release of usher has made it",
          advice: "use that release"))
    }
    let texts = head["recipients"]?.list?.compactMap(\.text) ?? []
    let recipients = texts.compactMap { AgeRecipient($0) }
    guard let id = head["id"]?.text, let created = head["created"]?.wholeNumber,
      let generation = head["generation"]?.text, !generation.isEmpty, !recipients.isEmpty,
      recipients.count == texts.count
    else { throw changed }
    header = StoreHeader(
      id: id, created: Timestamp(secondsSinceEpoch: created), recipients: recipients)
    self.generation = generation
    guard head["digest"]?.text == header.digest.hex else { throw changed }
  }
}
