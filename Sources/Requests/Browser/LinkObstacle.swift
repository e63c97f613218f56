internal import Basics
internal import ProviderFormat

extension Diagnosis {
  /// Nothing can be asked of a provider.
  static func impossible(_ provider: Provider) -> Diagnosis {
    let words = LinkObstacle(provider)?.explanation(for: provider)
    return Diagnosis(
      kind: .uncheckable,
      sentence:
        "\(provider.displayName) cannot be linked this way: \(words?.why ?? "its entry does not say how").",
      nextStep: "Link it in another way.")
  }
}
