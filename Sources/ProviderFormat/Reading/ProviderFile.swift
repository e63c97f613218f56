package import Basics
package import GuideText

/// A provider file: entries by slug, with aliases expanded.
package struct ProviderFile {
  /// One provider of the file.
  package struct Entry {
    /// Its name.
    package let slug: String
    /// Its keys, aliases resolved.
    package let entry: Value.Map
    /// One-based line of the slug.
    package let line: Int
  }

  /// In written order, each name once.
  package private(set) var entries: [Entry] = []
  /// What was odd about the file.
  package private(set) var findings: [GuideFinding] = []
  private let file: String

  /// Reads a map of slugs. A file that is itself one entry, as a folder of our own layout may have it, gets the slug
  /// `single`; nil says that such a file is an error.
  package init(_ bytes: [UInt8], file: String, single: String? = nil) {
    self.file = file
    do throws(GuideFinding) {
      let result = try YAMLReader.read(bytes, file: file)
      findings = result.findings
      read(result.value, line: result.line, single: single)
    } catch {
      findings.append(error)
    }
  }

  private mutating func read(_ value: Value, line: Int, single: String?) {
    guard case .map(let map) = value else {
      if value != .null || single != nil {
        report("this is not a map of providers", line, "begin with the provider's slug and a colon")
      }
      return
    }
    if let single, Self.isEntry(map) {
      add(Entry(slug: single, entry: map, line: line))
      return
    }
    var done = Dictionary(
      map.members.compactMap { member in member.value.map.map { (member.key, $0) } },
      uniquingKeysWith: { first, _ in first })
    for member in map.members {
      guard let entry = member.value.map else {
        report("the provider \"\(member.key)\" is not a map", member.line, "indent its keys")
        continue
      }
      guard Self.isSlug(member.key) else {
        report(
          "\"\(member.key)\" is no slug, and its entry is not used", member.line,
          "use letters from a to z, digits and hyphens")
        continue
      }
      let expanded = expand(entry, of: member, done)
      done[member.key] = expanded
      add(Entry(slug: member.key, entry: expanded, line: member.line))
    }
  }

  private mutating func add(_ entry: Entry) {
    if let finding = entry.findingOfSize(file: file) {
      findings.append(finding)
    } else {
      entries.append(entry)
    }
  }

  /// Whether a map is one provider's entry and not a map of slugs: its telling keys hold texts.
  private static func isEntry(_ map: Value.Map) -> Bool {
    ["auth_mode", "display_name", "alias"].contains { map[$0]?.text != nil }
  }

  private static func isSlug(_ key: String) -> Bool {
    !key.isEmpty
      && key.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
          UInt8(ascii: "-"):
          true
        default: false
        }
      }
  }

  /// The target's keys with the entry's own laid over them, not merged deeper. Expansion runs in file order and in
  /// place, so an alias of an alias works only when its target stands before it.
  private mutating func expand(
    _ entry: Value.Map, of member: Value.Member, _ done: [String: Value.Map]
  ) -> Value.Map {
    guard let value = entry["alias"] else { return entry }
    let alias = value.text ?? ""
    guard let target = done[alias], alias != member.key else {
      report(
        ProviderFile.missingTarget(alias, of: member.key), member.line,
        "correct the name, or write the entry out")
      return entry
    }
    return entry.laid(over: target)
  }

  static func missingTarget(_ alias: String, of slug: String) -> String {
    alias == slug
      ? "the alias of \"\(slug)\" names itself"
      : "the alias of \"\(slug)\" names \"\(alias)\", which is no provider of this file"
  }

  private mutating func report(_ message: String, _ line: Int, _ advice: String) {
    findings.append(
      GuideFinding(severity: .error, file: file, line: line, message: message, advice: advice))
  }
}

extension ProviderFile.Entry {
  /// The most fields that an entry may have. The largest known one has twelve; of a thousand on one step the rules are asked
  /// one by one when it is left.
  package static let fieldLimit = 1000

  /// What is to be said of an entry with more fields than any form; such a one is not used. Nil for all others.
  func findingOfSize(file: String) -> GuideFinding? {
    let count = Field.Scope.allCases.reduce(0) { sum, scope in
      sum + (entry[scope.rawValue]?.map?.members.count ?? 0)
    }
    guard count > Self.fieldLimit else { return nil }
    return GuideFinding(
      severity: .error, file: file, line: line,
      message:
        "\"\(slug)\" has \(count) fields, and an entry with more than \(Self.fieldLimit) is not used",
      advice: "remove what nobody is asked for, or divide it into several providers")
  }
}

extension ProviderFile {
  /// The entry of a provider that has a file of its own, and what was odd about the file.
  package static func entry(of slug: String, inFile path: String) -> (
    entry: Entry?, findings: [GuideFinding]
  ) {
    let bytes: [UInt8]
    do throws(GuideFile.Problem) {
      bytes = try GuideFile.read(path, limit: YAMLReader.sizeLimit)
    } catch {
      return (nil, [error.finding(file: path)])
    }
    let file = ProviderFile(bytes, file: path, single: slug)
    if let entry = file.entries.first(where: { $0.slug == slug }) { return (entry, file.findings) }
    guard !file.entries.isEmpty else { return (nil, file.findings) }
    let other = GuideFinding(
      severity: .error, file: path, line: 1, message: "the file does not describe \"\(slug)\"",
      advice: "give the folder and the provider the same name")
    return (nil, file.findings + [other])
  }

  /// Whether the text is YAML when it is read as one.
  package static func isReadable(_ bytes: [UInt8], file: String) -> Bool {
    (try? YAMLReader.read(bytes, file: file)) != nil
  }

  /// What the reader says of a second entry with the same slug.
  package static func duplicate(_ slug: String, line: Int, file: String) -> GuideFinding {
    GuideFinding(
      severity: .error, file: file, line: line,
      message: "the key \"\(slug)\" stands here a second time", advice: "keep one of the two")
  }
}
