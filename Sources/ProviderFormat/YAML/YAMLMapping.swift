internal import Basics

/// A map of a YAML file while it is read.
struct YAMLMapping {
  /// Keys of longer maps are looked up in a set. Most maps have a handful, for which a set costs more than it saves.
  private static let scanLimit = 16

  private(set) var map = Value.Map()
  /// The key that waits for its value, and its one-based line.
  var key: (text: String, line: Int)?
  private var known: Set<String> = []
  /// Where what a merge brought in stands, which gives way to what is written.
  private var merged: [String: Int] = [:]

  /// Adds a member. False when the key stands there already, which keeps its value.
  mutating func add(_ value: Value, for key: String, line: Int) -> Bool {
    if key == "<<" {
      merge(value)
    } else if !holds(key) {
      append(.init(key: key, value: value, line: line))
    } else if let place = merged.removeValue(forKey: key) {
      map.members[place] = .init(key: key, value: value, line: line)
    } else {
      return false
    }
    return true
  }

  /// `<<: *defaults` adds the members that are not there yet.
  private mutating func merge(_ value: Value) {
    for source in value.list ?? [value] {
      for member in source.map?.members ?? [] where !holds(member.key) {
        merged[member.key] = map.members.count
        append(.init(key: member.key, value: member.value))
      }
    }
  }

  private func holds(_ key: String) -> Bool {
    known.isEmpty ? map.members.contains { $0.key == key } : known.contains(key)
  }

  private mutating func append(_ member: Value.Member) {
    map.members.append(member)
    if !known.isEmpty {
      known.insert(member.key)
    } else if map.members.count > YAMLMapping.scanLimit {
      known = Set(map.members.map(\.key))
    }
  }
}
