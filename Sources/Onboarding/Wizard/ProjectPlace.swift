internal import Connections
internal import Projects

/// Where a connection stands among those that a project needs, and what for.
struct ProjectPlace: Equatable {
  /// From 1, in the order of the project's file.
  let number: Int
  let count: Int
  /// In the project's words; foreign text.
  let why: String?

  /// `Connection 2 of 5: reads the sign-up form`
  var sentence: String {
    "Connection \(number) of \(count)" + (why.map { ": \($0)" } ?? " that the project needs")
  }
}

extension ProjectSurvey {
  /// Nil where the project names no such connection.
  func place(of name: ConnectionName) -> ProjectPlace? {
    entries.firstIndex { $0.need.name == name }.map { index in
      ProjectPlace(number: index + 1, count: entries.count, why: entries[index].need.why)
    }
  }
}
