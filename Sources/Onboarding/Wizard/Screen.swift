/// Where the user is on the way through a provider. Each case is a small value of its own; what leads from one to the next
/// stands in `Wizard`.
enum Screen {
  case before(BeforeScreen)
  case browser(BrowserScreen)
  case rename(RenameScreen)
  case step(StepScreen)
  case review(ReviewScreen)
  case end(EndScreen)
  case checking(CheckingScreen)
  case outcome(OutcomeScreen)
  case rights(RightsScreen)
  case consent(ConsentScreen)
  case refreshToken(RefreshTokenScreen)
  case choose(ChooseScreen)
  case linking(LinkingScreen)

  /// The screen itself, whichever it is.
  var current: any WizardScreen {
    get {
      switch self {
      case .before(let screen): screen
      case .browser(let screen): screen
      case .rename(let screen): screen
      case .step(let screen): screen
      case .review(let screen): screen
      case .end(let screen): screen
      case .checking(let screen): screen
      case .outcome(let screen): screen
      case .rights(let screen): screen
      case .consent(let screen): screen
      case .refreshToken(let screen): screen
      case .choose(let screen): screen
      case .linking(let screen): screen
      }
    }
    set { self = newValue.screen }
  }
}
