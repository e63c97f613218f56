internal import Basics
package import GuideText

/// Reads single entries of a provider file, with the entries that they are aliases of, and nothing else of it.
package struct EntryReader {
  /// Why an entry cannot be read.
  package enum Problem: Error {
    /// The part is no YAML.
    case unreadable(GuideFinding)
    /// The part says something else when it stands alone.
    case notAlone
  }

  /// Aliases of aliases are followed so far.
  private static let aliasLimit = 32

  /// What findings call the file.
  let file: String
  /// The part of the file that holds the entry of a slug, the first where there are several.
  let part: (String) -> ProviderFileParts.Part?
  /// Bytes of the file; nil when it cannot be read.
  let bytes: (Range<Int>) -> [UInt8]?
  /// What is wanted of an entry.
  let kept: KeptKeys
  /// What was odd about the entries read so far.
  package private(set) var findings: [GuideFinding] = []

  /// - Parameters:
  ///   - part: finds the part of a slug, the first where there are several; nil where there is none.
  ///   - bytes: reads a range of the file; nil where that fails.
  package init(
    file: String, keeping kept: KeptKeys = .all,
    part: @escaping (String) -> ProviderFileParts.Part?,
    bytes: @escaping (Range<Int>) -> [UInt8]?
  ) {
    self.file = file
    self.kept = kept
    self.part = part
    self.bytes = bytes
  }

  /// The entry of a part with its alias expanded, as `ProviderFile` gives it; nil when it is not a map.
  package mutating func entry(of part: ProviderFileParts.Part) throws(Problem) -> ProviderFile
    .Entry?
  {
    let (map, found) = try raw(part)
    findings += found
    guard let map else {
      report(
        "the provider \"\(part.slug)\" is not a map", part.line, "indent its keys")
      return nil
    }
    let entry = ProviderFile.Entry(
      slug: part.slug, entry: try expanded(map, of: part), line: part.line)
    guard let finding = entry.findingOfSize(file: file) else { return entry }
    findings.append(finding)
    return nil
  }

  /// Targets that stand before their alias are expanded themselves, others are taken as they are written.
  private mutating func expanded(
    _ map: Value.Map, of part: ProviderFileParts.Part
  ) throws(Problem) -> Value.Map {
    var chain = [map]
    var last = part
    while let alias = chain[chain.count - 1]["alias"]?.text, chain.count <= EntryReader.aliasLimit {
      guard let target = self.part(alias), let entry = try raw(target).map else {
        if chain.count == 1 {
          report(
            ProviderFile.missingTarget(alias, of: part.slug), part.line,
            "correct the name, or write the entry out")
        }
        break
      }
      chain.append(entry)
      guard target.range.lowerBound < last.range.lowerBound else { break }
      last = target
    }
    var result = chain.removeLast()
    for map in chain.reversed() { result = map.laid(over: result) }
    return result
  }

  private func raw(
    _ part: ProviderFileParts.Part
  ) throws(Problem) -> (map: Value.Map?, findings: [GuideFinding]) {
    guard let bytes = bytes(part.range) else { throw .notAlone }
    let result: YAMLReader.Result
    do throws(GuideFinding) {
      result = try YAMLReader.read(
        bytes, file: file, firstLine: part.line, keeping: .each(kept))
    } catch {
      throw .unreadable(error)
    }
    guard let members = result.value.map?.members, members.count == 1, members[0].key == part.slug
    else { throw .notAlone }
    return (members[0].value.map, result.findings)
  }

  private mutating func report(_ message: String, _ line: Int, _ advice: String) {
    findings.append(
      GuideFinding(severity: .error, file: file, line: line, message: message, advice: advice))
  }
}

extension Value.Map {
  /// Another map's members with these laid over them, not merged deeper.
  func laid(over other: Value.Map) -> Value.Map {
    var result = other
    for member in members {
      if let index = result.members.firstIndex(where: { $0.key == member.key }) {
        result.members[index] = member
      } else {
        result.members.append(member)
      }
    }
    return result
  }
}
