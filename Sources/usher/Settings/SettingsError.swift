internal import Basics

/// What is wrong with a setting, or with the file that it stands in. Names the place and never more of a value than what
/// an argument would show as well.
struct SettingsError: Explained {
  let explanation: Explanation

  init(_ explanation: Explanation) { self.explanation = explanation }

  /// A value that is not what it has to be.
  init(_ setting: Setting, at place: String, because reason: String? = nil) {
    explanation = Explanation(
      what: "cannot use \(place)", why: reason ?? "it has to be \(setting.form)",
      advice: setting.advice)
  }
}
