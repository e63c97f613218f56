import Catalogues
import FoundationEssentials
import Onboarding
import ProviderFormat
import Requests
import TerminalUI
import Testing

/// The folder with entries of real providers, where there is one.
private let corpus = ProcessInfo.processInfo.environment["USHER_CORPUS"]

/// The way to the consent of real providers.
@Suite(.enabled(if: corpus != nil, "USHER_CORPUS names no folder"))
struct CorpusLinkTests {
  @Test func `every provider leads to its consent, or says why it does not`() throws {
    let catalogue = Catalogue(sources: [.namedFolder("\(try #require(corpus))/flows-sample")])
    var count = 0
    for entry in catalogue.entries where !entry.isFormBased {
      let name = entry.displayName
      let walk = try walk(to: #require(catalogue.form(entry.slug)))
      let ends = [
        "Agree at \(name)", "Asking \(name)", "\(name) cannot be linked from here",
      ]
      let isWhole = catalogue.form(entry.slug).map(asksForAll) ?? false
      #expect(ends.contains(walk.title) || !isWhole, "\(entry.slug): \(walk.title) \(walk.said)")
      for (columns, rows) in [(40, 10), (80, 24)] {
        walk.resize(columns, rows)
        #expect(walk.canvas.lines.count == rows)
      }
      count += 1
    }
    #expect(count > 50)
  }

  /// Whether the form asks for what the entry leaves to a server that is not there.
  private func asksForAll(_ form: Form) -> Bool {
    form.provider.fields.allSatisfy { field in
      !field.isAutomated || form.fields.contains { $0.id == field.id }
    }
  }

  /// Every value is there, and what is warned of is used all the same.
  private func walk(to plain: Form) -> Walk {
    let hasClient = [.oauth2, .oauth1, .custom].contains(plain.provider.authMode)
    let form = hasClient ? Links.withClient(plain) : plain
    let options = Links.options { options in
      for field in form.fields where field.isPrompted && field.initial.isEmpty {
        options.presets[field.id] =
          field.field.choices.first ?? field.field.example ?? "acme.example"
      }
    }
    let walk = Walk.linking(form, options)
    for _ in 0..<60 {
      let position = walk.page.header.position
      let isOnTheWay =
        position.hasPrefix("Step") || position == "Before you start"
        || position.hasSuffix("asked for")
      guard isOnTheWay else { break }
      walk.press(.enter)
      if walk.focused?.canOverride == true { walk.press(.control("o")) }
    }
    return walk
  }
}
