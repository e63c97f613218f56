internal import Basics

/// Which variables a command would get, and where each comes from. Never a value.
struct RunReport {
  private let variables: RunVariables
  private let asFiles: Bool

  /// - Parameter asFiles: whether the variables name files that hold the values.
  init(_ variables: RunVariables, asFiles: Bool) {
    self.variables = variables
    self.asFiles = asFiles
  }

  /// The cells are cleaned one by one.
  var table: String {
    let rows = variables.all.map { place, name in
      [variable(name), "\(place.connection)", "\(place.field)", words(name.ground)]
    }
    return TextTable(rows: [["VARIABLE", "CONNECTION", "FIELD", "NAMED BY"]] + rows).text
  }

  var json: Value {
    .map([
      (
        "variables",
        .list(
          variables.all.map { place, name in
            .map([
              ("variable", .string(variable(name))), ("connection", .string("\(place.connection)")),
              ("field", .string("\(place.field)")), ("named_by", .string(name.ground.rawValue)),
            ])
          })
      )
    ])
  }

  private func variable(_ name: RunVariables.Name) -> String {
    asFiles ? name.text + RunImage.fileSuffix : name.text
  }

  private func words(_ ground: RunVariables.Ground) -> String {
    switch ground {
    case .usual: "its usual name"
    case .file: "the project's file"
    case .option: "--env"
    }
  }
}
