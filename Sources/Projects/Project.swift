package import Connections

/// What a project needs linked, as its `usher.yaml` says it. The file is shared by all who work on the project: it names
/// connections and variables, and never holds a value.
package struct Project: Equatable, Sendable {
  /// What the file is called unless another one is named.
  package static let fileName = "usher.yaml"

  /// The file's path, as it was given.
  package let file: String
  /// The folder of guides that the project brings along; nil where it brings none.
  package let guides: Guides?
  /// In the order in which they are asked for. Each name stands once.
  package let needs: [Need]

  /// The project's own guides.
  package struct Guides: Equatable, Sendable {
    /// The folder, as it is opened: what the file says, seen from where the file lies.
    package let path: String
    /// Of the file, from 1.
    package let line: Int
  }

  /// One connection that the project uses.
  package struct Need: Equatable, Sendable {
    /// What it is linked under.
    package let name: ConnectionName
    /// Whether the project is of no use without it.
    package let isRequired: Bool
    /// Variables with names of the project's own, in written order. All other values have the usual ones.
    package let variables: [Variable]
    /// What it is for, in the project's words: one line, at most `whyLimit` characters; foreign text.
    package let why: String?
    /// Of the file, from 1: where its entry begins.
    package let line: Int

    /// Longer reasons are an error, in characters: they stand in one column of a list.
    package static let whyLimit = 200
  }

  /// The variable of one value.
  package struct Variable: Equatable, Sendable {
    /// As the file writes it: `apiKey`, or `credentials.apiKey`.
    package let field: String
    /// Can be read by a shell. No other value of the project has it.
    package let name: String
    /// Of the file, from 1.
    package let line: Int
  }
}
