internal import Basics
package import Connections

/// How what a project needs is, in the project's order. Nobody is asked but the store.
package struct ProjectSurvey: Equatable, Sendable {
  /// One connection that is needed, and how it is.
  package struct Entry: Equatable, Sendable {
    /// As the file has it.
    package let need: Project.Need
    /// The provider's name that people know; foreign text.
    package let title: String
    /// What is known of the connection; nil where none has the name.
    package let status: ConnectionStatus?
  }

  /// What can be done about a connection here.
  package enum Standing: Equatable, Sendable {
    /// It is linked, and nothing speaks against it.
    case there
    /// It is missing, has ended or was refused: linking it helps.
    case open
    /// Its record cannot be read.
    case unreadable
    /// It is linked, and cannot be told about without the identity.
    case sealed
  }

  /// What is to be said of the whole.
  package enum Verdict: Equatable, Sendable {
    /// All that is required is there.
    case complete
    /// Something that is required can be linked.
    case open
    /// Nothing can be linked, but something that is required cannot be read.
    case unreadable
    /// Of something that is required it cannot be told whether it is good.
    case sealed
  }

  /// The project's file, as it was given.
  package let file: String
  /// In the order of the file.
  package let entries: [Entry]
  /// Why nothing but names can be told, where that is so.
  package let obstacle: StoreError?

  /// - Parameters:
  ///   - statuses: of all connections of the store, in any order.
  ///   - title: the name of a provider that people know; nil where it is not known.
  package init(
    of project: Project, _ statuses: [ConnectionStatus], obstacle: StoreError?,
    title: (String) -> String?
  ) {
    file = project.file
    entries = project.needs.map { need in
      Entry(
        need: need, title: title(need.name.provider) ?? need.name.provider,
        status: statuses.first { $0.entry.name == need.name })
    }
    self.obstacle = obstacle
  }

  /// What can be said of all that is required.
  package var verdict: Verdict {
    let standings = entries.filter(\.need.isRequired).map(\.standing)
    if standings.contains(.open) { return .open }
    if standings.contains(.unreadable) { return .unreadable }
    return standings.contains(.sealed) ? .sealed : .complete
  }

  /// What can be linked and is required, or can be done without.
  package func open(required: Bool) -> [Entry] {
    entries.filter { $0.standing == .open && $0.need.isRequired == required }
  }

  /// How many are there.
  package var countOfLinked: Int { entries.count { $0.standing == .there } }
}

extension ProjectSurvey.Entry {
  /// What can be done about it here. What ends soon is there still.
  package var standing: ProjectSurvey.Standing {
    switch status?.state {
    case nil, .refused, .ended: .open
    case .unreadable: .unreadable
    case .sealed: .sealed
    case .expiring, .notChecked, .good, .renewsItself: .there
    }
  }

  /// The provider's name, and which of its accounts where that is not the usual one.
  package var label: String {
    let name = need.name.name
    return name == ConnectionName.defaultName ? title : "\(title)/\(name)"
  }
}
