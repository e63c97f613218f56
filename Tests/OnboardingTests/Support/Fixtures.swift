import Catalogues
import GuideText
import Onboarding
import ProviderFormat

/// Guides and providers in `Fixtures`, read from their files as a user's own are.
enum Fixtures {
  static let catalogue = Catalogue(sources: [.namedFolder(folder)])

  private static let folder =
    #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(2)
    .joined(separator: "/") + "/Fixtures"

  /// Tables, nested lists, call-outs with code in them, code wider than any window.
  static var harbour: Form { catalogue.form("harbour")! }

  /// Linked in a browser; `depot-api-key` is the same service with a key.
  static var depot: Opening {
    let form = catalogue.form("depot")!
    return Samples.opening(
      form, alternatives: catalogue.entries.alternatives(to: form.provider))
  }

  /// A provider with a guide of one step that holds given blocks, and one secret.
  static func form(_ blocks: [Block]) -> Form { form([("A step", blocks)]) }

  static func form(_ steps: [(title: String, blocks: [Block])]) -> Form {
    var form = Samples.tally
    form.guide?.steps = steps.enumerated().map { index, step in
      Step(
        heading: "Step \(index + 1): \(step.title)", number: index + 1, title: step.title, level: 4,
        anchors: ["step-\(index + 1)"], blocks: step.blocks)
    }
    form.fields[0].step = steps.count - 1
    return form
  }
}
