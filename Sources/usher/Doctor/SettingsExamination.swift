internal import Basics

/// Whether everything counts that an operator has set.
enum SettingsExamination {
  static func examine(_ settings: Settings) -> [Examination] {
    guard settings.problems.isEmpty else {
      return settings.problems.map { problem in
        let explanation = problem.explanation
        return Examination(
          "settings", .bad,
          [explanation.what, explanation.why].compactMap(\.self).joined(separator: ": "),
          advice: explanation.advice)
      }
    }
    let read = settings.files.filter { $0.state == .read }.map(\.path)
    return [
      Examination(
        "settings", .good,
        read.isEmpty
          ? "there is no configuration file, and none is needed" : read.joined(separator: " and "))
    ]
  }
}
