internal import Basics
internal import Connections
internal import GuideText
internal import ProviderFormat

/// Reads a project's file. Strict: whatever it does not know is an error, and all errors are told together.
struct ProjectReader {
  private static let keys = ["guides", "connections"]
  private static let connectionKeys = ["provider", "name", "required", "env", "why"]

  private let file: String
  private(set) var findings: [GuideFinding] = []
  /// Where each variable and each connection stood first.
  private var variables: [String: Int] = [:]
  private var names: [ConnectionName: Int] = [:]

  init(file: String) { self.file = file }

  /// - Parameter line: where the value begins.
  mutating func read(_ value: Value, line: Int) -> (guides: Project.Guides?, needs: [Project.Need])
  {
    guard let map = value.map else {
      report(line, "this is no map", "begin with connections: and a list below it")
      return (nil, [])
    }
    reportUnknownKeys(of: map, among: Self.keys, in: "the file")
    let member = map.members.first { $0.key == "connections" }
    guard let member else {
      report(line, "the key \"connections\" is missing", "list below it what the project needs")
      return (guides(in: map), [])
    }
    return (guides(in: map), needs(member))
  }

  private mutating func guides(in map: Value.Map) -> Project.Guides? {
    guard let member = map.members.first(where: { $0.key == "guides" }) else { return nil }
    guard let text = member.value.text?.trimmed, !text.isEmpty else {
      report(member.line, "\"guides\" is not a folder", "write its path, relative to this file")
      return nil
    }
    let folder = file.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    let place = folder.isEmpty ? "." : folder.joined(separator: "/")
    return Project.Guides(path: FilePath.absolute(text, in: place), line: member.line)
  }

  private mutating func needs(_ member: Value.Member) -> [Project.Need] {
    if member.value == .null { return [] }
    guard let list = member.value.list else {
      report(member.line, "\"connections\" is not a list", "begin each entry with a -")
      return []
    }
    return list.compactMap { entry in
      guard let map = entry.map, let first = map.members.first else {
        report(
          member.line, "an entry of \"connections\" is no map",
          "write each as - provider: NAME")
        return nil
      }
      return need(map, line: first.line)
    }
  }

  // MARK: One connection

  private mutating func need(_ map: Value.Map, line: Int) -> Project.Need? {
    reportUnknownKeys(of: map, among: Self.connectionKeys, in: "a connection")
    let isRequired = flag("required", of: map) ?? true
    let variables = variables(of: map)
    let why = why(of: map)
    guard let name = name(of: map, line: line) else { return nil }
    if let first = names[name] {
      report(line, "\(name) stands here a second time", "line \(first) has it already")
      return nil
    }
    names[name] = line
    return Project.Need(
      name: name, isRequired: isRequired, variables: variables, why: why, line: line)
  }

  /// `default` and `tally/default` are both understood.
  private mutating func name(of map: Value.Map, line: Int) -> ConnectionName? {
    guard let provider = text("provider", of: map) else {
      if map["provider"] == nil {
        report(
          line, "a connection has no provider", "usher guides list shows what provider: can name")
      }
      return nil
    }
    let written = map["name"] == nil ? ConnectionName.defaultName : text("name", of: map)
    guard let written else { return nil }
    let parts = written.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    let place = map.members.first { $0.key == "name" }?.line ?? line
    guard parts.count == 1 || parts.count == 2 && parts[0] == provider else {
      report(
        place, "\"\(written)\" is no name of a connection of \(provider)",
        "write default or \(provider)/default")
      return nil
    }
    guard let name = ConnectionName(provider: provider, name: parts[parts.count - 1]) else {
      report(
        place, "\(provider)/\(parts[parts.count - 1]) cannot be a connection's name",
        "letters, digits, -, _ and . are allowed, 64 of them at most")
      return nil
    }
    return name
  }

  private mutating func variables(of map: Value.Map) -> [Project.Variable] {
    guard let member = map.members.first(where: { $0.key == "env" }) else { return [] }
    guard let fields = member.value.map else {
      report(
        member.line, "\"env\" is no map of fields and variables",
        "for example env: {apiKey: TALLY_TOKEN}")
      return []
    }
    return fields.members.compactMap { field in
      let line = field.line > 0 ? field.line : member.line
      guard let name = field.value.text, VariableName.isValid(name) else {
        report(
          line, "\(field.key) has no name that a shell can read as a variable",
          "letters, digits and _ are allowed, and no digit in front")
        return nil
      }
      if let first = variables[name] {
        report(
          line, "\(name) would stand for two values", "line \(first) has it already")
        return nil
      }
      variables[name] = line
      return Project.Variable(field: field.key, name: name, line: line)
    }
  }

  private mutating func why(of map: Value.Map) -> String? {
    guard map["why"] != nil, let text = text("why", of: map) else { return nil }
    guard text.count <= Project.Need.whyLimit else {
      report(
        map.members.first { $0.key == "why" }?.line ?? 0,
        "\"why\" is longer than \(Project.Need.whyLimit) characters", "say it in one line")
      return nil
    }
    return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  // MARK: Values

  private mutating func text(_ key: String, of map: Value.Map) -> String? {
    guard let member = map.members.first(where: { $0.key == key }) else { return nil }
    guard let text = member.value.text?.trimmed, !text.isEmpty else {
      report(member.line, "\"\(key)\" is not a text", KeyType<String>.text.advice)
      return nil
    }
    return text
  }

  private mutating func flag(_ key: String, of map: Value.Map) -> Bool? {
    guard let member = map.members.first(where: { $0.key == key }) else { return nil }
    guard let flag = KeyType<Bool>.flag.read(member.value) else {
      report(member.line, "\"\(key)\" is not true or false", KeyType<Bool>.flag.advice)
      return nil
    }
    return flag
  }

  private mutating func reportUnknownKeys(
    of map: Value.Map, among known: [String], in place: String
  ) {
    for member in map.members where !known.contains(member.key) {
      let advice =
        SpellingSuggestion.of(member.key, in: known).map { "did you mean \"\($0)\"?" }
        ?? "known are \(known.joined(separator: ", "))"
      report(member.line, "unknown key \"\(member.key)\" in \(place)", advice)
    }
  }

  private mutating func report(_ line: Int, _ message: String, _ advice: String) {
    findings.append(
      GuideFinding(severity: .error, file: file, line: line, message: message, advice: advice))
  }
}
