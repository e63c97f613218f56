internal import Basics
internal import ProviderFormat

/// Options that have no meaning where a person has to agree.
enum ConsentOptions {
  /// - Throws: where one of them was given.
  static func refuse(key: Bool, noCheck: Bool, for provider: Provider) throws(CommandError) {
    let option = key ? "--key" : noCheck ? "--no-check" : nil
    guard let option else { return }
    throw .usage(
      Explanation(
        what: "\(option) has no meaning for \(provider.displayName)",
        why: "its accounts are linked by asking it, with named values", advice: "leave it out"))
  }
}

extension Explanation {
  /// What a command says that has nobody to ask.
  static var wizardNeedsTerminal: Explanation {
    Explanation(
      what: "the wizard needs a terminal",
      why: "input or output is not one, and nothing is ever asked there",
      advice: "give the values with --from FILE, or use ssh -t")
  }
}
