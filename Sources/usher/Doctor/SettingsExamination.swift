internal import Basics

/// Whether everything counts that an operator has set.
enum SettingsExamination {
  static func examine(_ settings: Settings) -> [Examination] {
    let found =
      settings.problems.map { examination(.bad, $0) }
      + settings.doubts.map { examination(.warning, $0) }
    guard found.isEmpty else { return found }
    let read = settings.files.filter { $0.state == .read }.map(\.path)
    return [
      Examination(
        "settings", .good,
        read.isEmpty
          ? "there is no configuration file, and none is needed" : read.joined(separator: " and "))
    ]
  }

  private static func examination(_ state: Examination.State, _ error: SettingsError) -> Examination
  {
    let explanation = error.explanation
    return Examination(
      "settings", state,
      [explanation.what, explanation.why].compactMap(\.self).joined(separator: ": "),
      advice: explanation.advice)
  }
}
