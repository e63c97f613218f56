internal import Basics
internal import Connections
internal import ProviderFormat

/// What `--env` says, by value.
struct RunRenaming {
  private(set) var names: [RunVariables.Place: String] = [:]

  /// - Parameter texts: `FIELD=VARIABLE` or `CONNECTION.FIELD=VARIABLE`. The second counts where both name a field.
  /// - Throws: `.usage` for a field that no connection has.
  init(_ texts: [String], of sources: [RunSource]) throws(CommandError) {
    var ofOne: [RunVariables.Place: String] = [:]
    for text in texts {
      let (word, variable) = try RunRenaming.parts(of: text)
      let named = try RunRenaming.places(word, in: sources, isQualified: true)
      let places =
        named.isEmpty ? try RunRenaming.places(word, in: sources, isQualified: false) : named
      guard !places.isEmpty else { throw RunRenaming.unknown(word, in: sources) }
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
    _ word: String, in sources: [RunSource], isQualified: Bool
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
    _ word: String, of source: RunSource
  ) throws(CommandError) -> [Field.ID] {
    let named = Field.ID.named(word, among: source.fields)
    guard named.count < 2 else {
      throw .usage(
        Explanation(
          what: "\(source.name) has more than one field \(word)",
          advice: "give the whole name: \(named.map(\.description).joined(separator: ", "))"))
    }
    return named
  }

  private static func unknown(
    _ word: String, in sources: [RunSource]
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
