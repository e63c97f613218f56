internal import Basics
internal import Connections
internal import ProviderFormat

/// Which variable each value of one `usher run` goes into. No two values have the same: one would hide the other.
struct RunVariables {
  /// Who has said what a variable is called. A word that has been used in JSON means the same for ever.
  enum Ground: String {
    /// Provider and field, or what the provider's entry declares.
    case usual
    /// A project's file.
    case file
    /// The command line.
    case option
  }

  /// What a value's variable is called, and by whom.
  struct Name {
    let text: String
    let ground: Ground
  }

  /// One value of one connection.
  struct Place: Hashable {
    let connection: ConnectionName
    let field: Field.ID
  }

  /// In the order of the connections, and of their fields.
  let all: [(place: Place, name: Name)]
  private let names: [Place: Name]

  /// What the command line says counts before a project's file, and that before the usual name.
  /// - Parameter renaming: what `--env` says, as `RunRenaming` reads it.
  /// - Throws: `.usage` for a field that no connection has, and for two values that would have one variable.
  init(_ sources: [RunSource], renaming: [String]) throws(CommandError) {
    let renamed = try RunRenaming(renaming, of: sources).names
    var all: [(place: Place, name: Name)] = []
    var taken: [String: Place] = [:]
    var clashes: [(first: Place, second: Place, source: RunSource)] = []
    for source in sources {
      for field in source.fields {
        let place = Place(connection: source.name, field: field)
        guard let name = RunVariables.name(of: field, source, renamed[place]) else { continue }
        all.append((place, name))
        if let first = taken[name.text] {
          clashes.append((first, place, source))
        } else {
          taken[name.text] = place
        }
      }
    }
    let names = Dictionary(all.map { ($0.place, $0.name) }) { first, _ in first }
    if let clash = clashes.first {
      var used = Set(taken.keys)
      let ways = clashes.map { clash in
        let variable = clash.source.ownName(of: clash.second.field, besides: used)
        used.insert(variable)
        return "--env \(RunVariables.text(clash.second, of: clash.source))=\(variable)"
      }
      throw .usage(
        Explanation(
          what: "\(names[clash.second]?.text ?? "") would stand for two values",
          why: "\(RunVariables.sentence(clash.first)) and \(RunVariables.sentence(clash.second))",
          advice: "give one of them another name: \(ways.joined(separator: " "))"))
    }
    self.names = names
    self.all = all
  }

  private static func name(
    of field: Field.ID, _ source: RunSource, _ renamed: String?
  ) -> Name? {
    if let renamed { return Name(text: renamed, ground: .option) }
    if let declared = source.declared[field] { return Name(text: declared, ground: .file) }
    return source.usualName(of: field).map { Name(text: $0, ground: .usual) }
  }

  /// The variable of a value that one of the sources has; nil where it is not handed over.
  func variable(for field: Field.ID, of connection: ConnectionName) -> String? {
    names[Place(connection: connection, field: field)]?.text
  }

  private static func sentence(_ place: Place) -> String {
    "\(place.field) of \(place.connection)"
  }

  /// How `--env` names a value of one connection and no other.
  private static func text(_ place: Place, of source: RunSource) -> String {
    "\(place.connection).\(source.shortest(place.field))"
  }
}
