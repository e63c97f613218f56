internal import Connections
internal import Projects

/// What comes after one connection of a project.
struct Sequel: Equatable {
  let sentence: String

  /// - Parameters:
  ///   - survey: as it was before the connection was stored.
  ///   - asksForOptional: whether what is optional comes next, too.
  init(after name: ConnectionName, _ survey: ProjectSurvey, asksForOptional: Bool) {
    var rest = survey.open(required: true).filter { $0.need.name != name }
    let optional = survey.open(required: false).filter { $0.need.name != name }
    if asksForOptional { rest += optional }
    if let next = rest.first {
      let more = rest.count > 1 ? ", and \(rest.count - 1) more after it" : ""
      sentence = "Next is \(next.label)\(more)."
    } else if optional.isEmpty {
      sentence = "That was the last one."
    } else {
      sentence = "All that is required is linked; the rest is optional."
    }
  }
}
