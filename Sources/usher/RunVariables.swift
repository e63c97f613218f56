internal import Basics
internal import Connections
internal import ProviderFormat

/// Which variable each value of one `usher run` goes into. No two values have the same: one would hide the other.
struct RunVariables {
  /// A connection whose values are handed over.
  struct Source {
    let name: ConnectionName
    /// What was written for it on the command line.
    var words: [String]
    let provider: Provider
    /// What can have a variable: the access token of a mode that has one, then the values.
    let fields: [Field.ID]
    /// Those that have one although `--env` does not name them.
    let usualFields: Set<Field.ID>

    /// - Parameter stored: the fields that have values.
    init(name: ConnectionName, words: [String], provider: Provider, stored: [Field.ID]) {
      self.name = name
      self.words = words
      self.provider = provider
      fields = provider.scriptFields(stored: stored)
      usualFields = Set(provider.usualScriptFields(stored: stored))
    }

    /// Nil for a field that only `--env` hands over.
    fileprivate func usualName(of field: Field.ID) -> String? {
      usualFields.contains(field) ? provider.variableName(for: field) : nil
    }
  }

  /// One value of one connection.
  struct Place: Hashable {
    let connection: ConnectionName
    let field: Field.ID
  }

  private let names: [Place: String]

  /// - Parameter renaming: `FIELD=VARIABLE` or `CONNECTION.FIELD=VARIABLE`, from the command line. The second counts
  ///   where both name a field.
  /// - Throws: `.usage` for a field that no connection has, and for two values that would have one variable.
  init(_ sources: [Source], renaming: [String]) throws(CommandError) {
    let renamed = try Renaming(renaming, of: sources).names
    var names: [Place: String] = [:]
    var taken: [String: Place] = [:]
    var clashes: [(first: Place, second: Place, source: Source)] = []
    for source in sources {
      for field in source.fields {
        let place = Place(connection: source.name, field: field)
        guard let name = renamed[place] ?? source.usualName(of: field) else { continue }
        names[place] = name
        if let first = taken[name] {
          clashes.append((first, place, source))
        } else {
          taken[name] = place
        }
      }
    }
    if let clash = clashes.first {
      var used = Set(taken.keys)
      let ways = clashes.map { clash in
        let variable = RunVariables.free(clash.second, of: clash.source, besides: &used)
        return "--env \(RunVariables.text(clash.second, of: clash.source))=\(variable)"
      }
      throw .usage(
        Explanation(
          what: "\(names[clash.second] ?? "") would stand for two values",
          why: "\(RunVariables.sentence(clash.first)) and \(RunVariables.sentence(clash.second))",
          advice: "give one of them another name: \(ways.joined(separator: " "))"))
    }
    self.names = names
  }

  /// The variable of a value that one of the sources has; nil where it is not handed over.
  func variable(for field: Field.ID, of connection: ConnectionName) -> String? {
    names[Place(connection: connection, field: field)]
  }

  private static func sentence(_ place: Place) -> String {
    "\(place.field) of \(place.connection)"
  }

  /// How `--env` names a value of one connection and no other.
  private static func text(_ place: Place, of source: Source) -> String {
    let isClear = source.fields.count { $0.name == place.field.name } == 1
    return "\(place.connection).\(isClear ? place.field.name : place.field.description)"
  }

  /// A variable that is free: connection and field in its name, the section too where one connection has both.
  private static func free(
    _ place: Place, of source: Source, besides used: inout Set<String>
  ) -> String {
    let isClear = source.fields.count { $0.name == place.field.name } == 1
    let field = isClear ? [place.field.name] : [place.field.scope.submissionKey, place.field.name]
    let name = VariableName.joining([source.provider.slug, place.connection.name] + field)
    var candidate = name
    var number = 2
    while used.contains(candidate) {
      candidate = "\(name)_\(number)"
      number += 1
    }
    used.insert(candidate)
    return candidate
  }
}

/// What `--env` says, by value.
private struct Renaming {
  private(set) var names: [RunVariables.Place: String] = [:]

  init(_ texts: [String], of sources: [RunVariables.Source]) throws(CommandError) {
    var ofOne: [RunVariables.Place: String] = [:]
    for text in texts {
      let (word, variable) = try Renaming.parts(of: text)
      let named = try Renaming.places(word, in: sources, isQualified: true)
      let places =
        named.isEmpty ? try Renaming.places(word, in: sources, isQualified: false) : named
      guard !places.isEmpty else { throw Renaming.unknown(word, in: sources) }
      for place in places {
        let isNew =
          named.isEmpty
          ? names.updateValue(variable, forKey: place) == nil
          : ofOne.updateValue(variable, forKey: place) == nil
        guard isNew else {
          throw .usage(
            Explanation(
              what: "--env names \(word) more than once", why: "a value has one variable",
              advice: "leave one of them out"))
        }
      }
    }
    names.merge(ofOne) { $1 }
  }

  private static func parts(of text: String) throws(CommandError) -> (String, String) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, VariableName.isValid(String(parts[1])) else {
      throw .usage(
        Explanation(
          what: "--env \(text) is not FIELD=VARIABLE",
          why: "a variable's name has letters, digits and _, and does not begin with a digit",
          advice: "for example --env apiKey=TALLY_TOKEN, or --env tally/work.apiKey=TALLY_TOKEN"))
    }
    return (String(parts[0]), String(parts[1]))
  }

  /// The values that a word means: of one connection, whose name stands in front, or of each that has the field.
  private static func places(
    _ word: String, in sources: [RunVariables.Source], isQualified: Bool
  ) throws(CommandError) -> [RunVariables.Place] {
    var places: [RunVariables.Place] = []
    for source in sources {
      let fronts = Set(source.words + [source.name.description]).map { $0 + "." }
      let rests =
        isQualified
        ? fronts.filter(word.hasPrefix).map { String(word.dropFirst($0.count)) } : [word]
      var found: Set<Field.ID> = []
      for rest in rests { found.formUnion(try fields(rest, of: source)) }
      places += found.map { RunVariables.Place(connection: source.name, field: $0) }
    }
    return places
  }

  private static func fields(
    _ word: String, of source: RunVariables.Source
  ) throws(CommandError) -> [Field.ID] {
    if let id = Field.ID(word), source.fields.contains(id) { return [id] }
    let named = source.fields.filter { $0.name == word }
    guard named.count < 2 else {
      throw .usage(
        Explanation(
          what: "\(source.name) has more than one field \(word)",
          advice: "give the whole name: \(named.map(\.description).joined(separator: ", "))"))
    }
    return named
  }

  private static func unknown(
    _ word: String, in sources: [RunVariables.Source]
  ) -> CommandError {
    let known = sources.flatMap(\.fields)
    let list = sources.map { source in
      "\(source.name) has \(source.fields.map(\.description).joined(separator: ", "))"
    }
    return .usage(
      Explanation(
        what: "--env: there is no field \(word)", why: list.joined(separator: "; "),
        advice: Field.ID.meant(by: word, among: known).map { "did you mean \($0.name)?" }))
  }
}
