package import Connections
internal import ProviderFormat

/// A project's file as it is begun from what is linked: every key stands there, those that need not be said as comments.
package struct ProjectText {
  /// The variable of one value.
  package struct Variable {
    /// As the file can write it.
    package let field: String
    package let name: String
    /// Whether it is called so without being told. Otherwise the file has to say it.
    package let isUsual: Bool

    package init(field: String, name: String, isUsual: Bool = true) {
      self.field = field
      self.name = name
      self.isUsual = isUsual
    }
  }

  /// A connection, with the variables that its values have.
  package struct Entry {
    package let name: ConnectionName
    /// In the order of the fields; nil where the record cannot be read.
    package let variables: [Variable]?

    package init(_ name: ConnectionName, variables: [Variable]?) {
      self.name = name
      self.variables = variables
    }
  }

  private let entries: [Entry]

  package init(_ entries: [Entry]) { self.entries = entries }

  /// Ends with a line end.
  package var text: String {
    let head = """
      # What this project needs linked. No value stands here: each stays sealed in the store of whoever runs it.
      #   usher setup                          asks for what is missing, on a terminal
      #   usher setup --check                  tells whether all is there, for CI
      #   usher run --setup usher.yaml -- …    runs a command with exactly this

      # guides: ./guides               # a folder with guides of the project's own, relative to this file


      """
    guard !entries.isEmpty else { return head + Self.example }
    return head + "connections:\n" + entries.map(text).joined(separator: "\n")
  }

  /// Where nothing is linked yet.
  private static let example = """
    connections: []
    #  - provider: tally               # usher guides list shows what there is
    #    name: default                 # which of several accounts of the provider
    #    required: true                # false: asked for only when wanted
    #    env: {apiKey: TALLY_TOKEN}    # field and variable, where the usual name does not fit
    #    why: reads the sign-up form   # said where it is asked for

    """

  private func text(_ entry: Entry) -> String {
    let isUsual = entry.name.name == ConnectionName.defaultName
    let name = "name: \(Self.written(entry.name.name))"
    var lines = [
      "  - provider: \(Self.written(entry.name.provider))", "    \(isUsual ? "# " : "")\(name)",
      "    # required: true             # false: asked for only when wanted",
    ]
    switch entry.variables {
    case nil: lines.append("    # env: {}                    # its fields cannot be read here")
    case let variables? where variables.isEmpty: break
    case let variables? where variables.allSatisfy(\.isUsual):
      lines.append("    # env:                       # the usual names; another one goes here")
      lines += variables.map { "    #   \($0.field): \($0.name)" }
    case let variables?:
      lines.append(
        "    env:                         # where the usual name stands for another value")
      lines += variables.map { "    \($0.isUsual ? "#   " : "  ")\($0.field): \($0.name)" }
    }
    lines.append("    # why:                       # what for, in a few words")
    return lines.joined(separator: "\n") + "\n"
  }

  /// In quotes where YAML would take it for something else than a text.
  private static func written(_ name: String) -> String {
    YAMLScalar.isText(name) ? name : "\"\(name)\""
  }
}
