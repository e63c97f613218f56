internal import Basics

/// What is wrong with a setting, or with the file that it stands in. Names the place and never more of a value than what
/// an argument would show as well.
struct SettingsError: Explained {
  let explanation: Explanation

  init(_ explanation: Explanation) { self.explanation = explanation }

  /// A variable whose text is not what it has to be.
  init(_ setting: Setting, variable: String, because reason: String?) {
    explanation = Explanation(
      what: "cannot use \(variable)", why: reason ?? "it has to be \(setting.variableForm)",
      advice: setting.variableAdvice)
  }
}
