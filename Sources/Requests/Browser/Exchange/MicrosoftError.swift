internal import Basics

/// The number that Microsoft puts in front of its refusals, `AADSTS50076`: it says more than the word of OAuth beside
/// it.
struct MicrosoftError {
  private let number: Int

  /// Nil when there is none in a text.
  init?(in text: String) {
    guard let start = text.utf8.firstRange(of: "AADSTS".utf8)?.upperBound,
      let number = Int(String(decoding: text.utf8[start...].prefix { $0.isDigit }, as: UTF8.self))
    else { return nil }
    self.number = number
  }

  /// What to do; nil where the number is not known.
  var advice: String? {
    switch number {
    case 50076, 50079: "Sign in once more with a second factor: link the account again."
    case 53003:
      "Have an administrator look at the tenant's access policies: one forbids this sign-in."
    case 7_000_215:
      "Copy the value of the client's secret once more: not its identifier, and not one that has ended."
    case 7_000_222: "Create a new secret of the client: this one has ended."
    case 65001: "Have an administrator of the tenant consent to the application, or agree yourself."
    case 700_016: "Check the client's identifier, and that the application exists in this tenant."
    case 90002: "Check the tenant: there is none of this name."
    default: nil
    }
  }
}
