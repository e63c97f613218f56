internal import Catalogues
internal import Connections
internal import GuideText
internal import ProviderFormat
internal import Requests

/// The step of an application that its owner registers with the provider: asked once, however many accounts are linked
/// with it.
extension WizardStep {
  /// Nil where a form asks for none.
  static func application(of form: Form, callback: Callback, name: ApplicationName?) -> WizardStep?
  {
    let fields = form.fields.filter { $0.isPrompted && form.isOfApplication($0) }
    guard !fields.isEmpty else { return nil }
    let provider = form.provider
    var items: [[Block]] = []
    if let page = provider.setupGuide ?? provider.docs {
      let isSetup = provider.setupGuide != nil
      let link = Inline.link(
        [.text(isSetup ? "its set-up guide" : "its documentation")], url: page)
      items.append([
        .paragraph([
          .text("Register an application with \(provider.displayName): "), link,
          .text(" says where."),
        ])
      ])
    } else {
      items.append([
        .paragraph([
          .text(
            "Register an application with \(provider.displayName), in the settings for developers.")
        ])
      ])
    }
    let hasForeignAddress =
      provider.setupGuide == nil
      ? "" : " The set-up guide may name another one, of the service that it was written for."
    items.append([
      .paragraph([
        .text("Give it this redirect address, letter by letter.\(hasForeignAddress)")
      ]), .code(language: nil, text: callback.address),
    ])
    items.append([.paragraph([.text("Copy what it is given into the fields below.")])])
    var blocks: [Block] =
      provider.authMode == .mcpOAuth2Generic
      ? [.paragraph([.text("Most servers register Usher by themselves: leave both empty.")])] : []
    blocks += [
      .list(
        items.enumerated().map { ListItem(marker: .number($0 + 1), blocks: $1) })
    ]
    if let name {
      blocks.append(
        .paragraph([
          .text(
            "It is kept, sealed, as the application “\(name)”: the next account that is linked with it asks for "
              + "none of this.")
        ]))
    }
    var step = WizardStep(title: "Register an application", blocks: blocks, fields: fields)
    step.isApplication = true
    return step
  }

  /// What is asked of an account besides its application, where nobody has written a guide.
  static func values(_ fields: [FormField], of provider: Provider) -> WizardStep {
    var text: [Inline] = [
      .text("What is entered here says which account of \(provider.displayName) is meant.")
    ]
    if let docs = provider.docs {
      text += [
        .text(" Where it is found is described in the "),
        .link([.text("documentation of \(provider.displayName)")], url: docs), .text("."),
      ]
    }
    return WizardStep(
      title: fields.count == 1 ? "Enter the \(fields[0].label)" : "Enter the values",
      blocks: [.paragraph(text)], fields: fields)
  }
}

extension Form {
  /// Whether somebody has written a guide with steps for it.
  var hasOwnGuide: Bool {
    guard let guide, !guide.steps.isEmpty else { return false }
    return guide != .generated(for: provider)
  }
}
