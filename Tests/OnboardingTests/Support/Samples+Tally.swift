import Drafts
import GuideText
import ProviderFormat

/// After Tally: two steps, one field.
extension Samples {
  static let apiKey = Field.ID(.credentials, "apiKey")

  /// Two steps on pages of their own: a field that never comes up could, so that one page is not enough.
  static let tally = Form(
    provider: tallyProvider, guide: tallyGuide, fields: [tallyField, hiddenField])

  /// The same with nothing but its key: one page.
  static let oneField = Form(provider: tallyProvider, guide: tallyGuide, fields: [tallyField])

  private static let hiddenField = FormField(
    field: Field(
      id: Field.ID(.connectionConfig, "region"), title: "Region",
      visibleWhen: .init(field: "plan", equals: "enterprise")),
    order: 200, label: "Region", isMasked: false, step: 1)

  static let tallyProvider: Provider = {
    var provider = Provider(
      slug: "tally", displayName: "Tally", categories: ["surveys"], authMode: .apiKey,
      origin: .builtIn)
    provider.usher.domain = "tally.so"
    provider.proxy.baseURL = "https://api.tally.so"
    provider.usher.check = [UsherExtension.CheckStep(url: "/users/me")]
    provider.fields = [tallyField.field]
    return provider
  }()

  private static let tallyField = FormField(
    field: Field(
      id: apiKey, title: "API key", description: "The key that you created in step 1.",
      example: "tly-…", pattern: "^tly-[A-Za-z0-9]{32}$", isDeclaredSecret: true),
    order: 100, label: "API key", placeholder: "tly-…", isMasked: true, step: 1)

  private static let tallyGuide = Guide(
    slug: "tally", title: "Tally",
    overview: [
      .paragraph([
        .text("Tally makes forms. Usher asks for one API key, which acts as the user who made it.")
      ])
    ],
    prerequisites: [
      .list([item(.bullet, .paragraph([.text("An active account at Tally")]))])
    ],
    steps: [
      Step(
        heading: "Step 1: Create an API key", number: 1, title: "Create an API key", level: 3,
        anchors: ["create"], blocks: tallyFirst),
      Step(
        heading: "Step 2: Enter the key", number: 2, title: "Enter the key", level: 3,
        anchors: ["enter"],
        blocks: [
          .paragraph([
            .text("Paste the key below. Usher asks Tally whether it is good before it is stored.")
          ])
        ]),
    ])

  private static let tallyFirst: [Block] = [
    .list([
      item(
        .number(1),
        .paragraph([
          .text("Sign in to Tally and open the "),
          .link([.text("API keys page")], url: "https://tally.so/settings/api-keys"),
          .text(" of your settings."),
        ]), figure("overview.avif", "the API keys page")),
      item(
        .number(2),
        .paragraph([.text("Press "), .strong([.text("Create API key")]), .text(".")]),
        figure("creating.avif", "the Create API key button")),
      item(
        .number(3),
        .paragraph([.text("Copy the key and keep it safe. It is shown only once.")]),
        figure("created.avif", "the new key, shown once")),
    ]),
    .callout(
      .tip,
      [
        .paragraph([
          .text(
            "A key belongs to you and can do what you can do. When you leave the organization, "
              + "it stops working.")
        ])
      ]),
  ]

}
