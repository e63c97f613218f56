internal import Connections
internal import Projects

/// What a session of the wizard is about.
enum Errand {
  /// One connection that was named: there is no first screen to go back to.
  case one
  /// Whatever is chosen among all providers.
  case anything(any ProviderSearching)
  /// All that a project needs: how it is now, and whether what is optional is asked for, too.
  case project(ProjectSurvey, asksForOptional: Bool)
}

extension Wizard {
  /// How what the project needs is; nil where the session is about something else.
  var survey: ProjectSurvey? {
    if case .project(let survey, _) = errand { survey } else { nil }
  }

  /// The screen that comes before all others; nil where there is none.
  var firstScreen: (any ChoosingScreen)? {
    switch errand {
    case .one: nil
    case .anything(let index): PickScreen(index, linked: options.linked)
    case .project(let survey, let asksForOptional):
      SetupScreen(survey, asksForOptional: asksForOptional, at: options.now)
    }
  }
}
