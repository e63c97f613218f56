package import GuideText
package import ProviderFormat

extension Guide {
  /// The page for a provider that nobody has written a guide for: what will be asked, where its documentation is, and
  /// what Usher cannot do. It has one step, on which all fields are asked.
  package static func generated(for provider: Provider) -> Guide {
    let asked = Form(provider: provider, guide: nil).fields.filter(\.isPrompted)
    var overview: [Block] = []
    if let obstacle = LinkObstacle(provider) {
      let sentence = obstacle.sentence(for: provider)
      overview.append(.callout(.note, [.paragraph([.text(sentence)])]))
    } else if provider.authMode.isFormBased {
      overview.append(.paragraph([.text(introduction(provider, count: asked.count))]))
    } else {
      overview.append(.paragraph([.text(consentIntroduction(provider))]))
    }
    if !asked.isEmpty {
      overview.append(.list(asked.map(item)))
    }
    return Guide(
      slug: provider.slug, title: provider.displayName, sidebarTitle: provider.displayName,
      overview: overview, steps: [step(provider)])
  }

  private static func introduction(_ provider: Provider, count: Int) -> String {
    let name = provider.displayName
    switch count {
    case 0: return "There is no guide for \(name), and nothing to type: the link needs no values."
    case 1: return "There is no guide for \(name) yet. One value is asked:"
    default: return "There is no guide for \(name) yet. \(count) values are asked:"
    }
  }

  private static func consentIntroduction(_ provider: Provider) -> String {
    "There is no guide for \(provider.displayName) yet. An account is linked by agreeing to it on a page of "
      + "\(provider.displayName), in a browser anywhere."
  }

  private static func item(_ field: FormField) -> ListItem {
    var text: [Inline] = [.strong([.text(field.label)])]
    if !field.field.description.isEmpty { text.append(.text(": \(field.field.description)")) }
    if field.acceptsEmpty { text.append(.text(" (optional)")) }
    return ListItem(marker: .bullet, blocks: [.paragraph(text)])
  }

  private static func step(_ provider: Provider) -> Step {
    let name = provider.displayName
    let isForm = provider.authMode.isFormBased
    let title = isForm ? "Enter what \(name) asks for" : "Read about \(name)"
    var blocks: [Block] = []
    if let docs = provider.docs {
      let documentation = Inline.link([.text("documentation of \(name)")], url: docs)
      let words =
        isForm
        ? "Nobody has written a guide for \(name) yet. Where to find these values"
        : "How accounts are linked"
      blocks.append(
        .paragraph([.text("\(words) is described in the "), documentation, .text(".")]))
    } else if isForm {
      blocks.append(
        .paragraph([
          .text(
            "Nobody has written a guide for \(name) yet. Look for these values in its settings, under a name like "
              + "API, integrations or developers.")
        ]))
    }
    return Step(
      heading: title, number: nil, title: title, level: 4, anchors: [HeadingText.slug(title)],
      blocks: blocks)
  }
}
