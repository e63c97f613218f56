import GuideText
import ProviderFormat

/// Forms that no single provider has.
extension Samples {
  /// Three fields on one step: decoration, few choices, many choices.
  static let many: Form = {
    let subdomain = FormField(
      field: Field(
        id: Field.ID(.connectionConfig, "subdomain"), title: "Subdomain",
        description: "The first part of your shop's address.", example: "my-shop",
        prefix: "https://", suffix: ".shop.example"),
      order: 1, label: "Subdomain", placeholder: "my-shop", isMasked: false, step: 0)
    let region = FormField(
      field: Field(
        id: Field.ID(.connectionConfig, "region"), title: "Region",
        description: "Where the account is kept.", choices: ["eu", "us", "ap"]),
      order: 2, label: "Region", initial: "eu", isMasked: false, step: 0)
    let zone = FormField(
      field: Field(
        id: Field.ID(.connectionConfig, "zone"), title: "Zone",
        choices: (1...24).map { "zone-\($0)-with-a-long-name" }),
      order: 3, label: "Zone", isMasked: false, acceptsEmpty: true, step: 0)
    let key = FormField(
      field: Field(id: apiKey, title: "Key", isDeclaredSecret: true), order: 100, label: "Key",
      isMasked: true, step: 0)
    let provider = Provider(
      slug: "shop", displayName: "Shop", authMode: .apiKey,
      fields: [subdomain.field, region.field, zone.field, key.field], origin: .builtIn)
    let step = Step(
      heading: "Everything at once", number: nil, title: "Everything at once", level: 3,
      anchors: [], blocks: [.paragraph([.text("Open the settings of your shop.")])])
    return Form(
      provider: provider, guide: Guide(slug: "shop", title: "Shop", steps: [step]),
      fields: [subdomain, region, zone, key])
  }()

  /// Every kind of block and inline.
  static let everything: Form = {
    var form = tally
    form.guide?.steps = [
      Step(
        heading: "Everything", number: 1, title: "Everything", level: 3, anchors: [],
        blocks: everyBlock)
    ]
    form.fields[0].step = 0
    return form
  }()

  private static let everyBlock: [Block] = [
    .paragraph([
      .text("A paragraph with "), .strong([.text("strong")]), .text(", "),
      .emphasis([.text("emphasized")]), .text(" and "), .code("coded"),
      .text(" words, a "), .link([.text("link")], url: "https://example.com/a"),
      .text(", another one to a "),
      .link(
        [.text("long address")],
        url: "https://example.com/" + String(repeating: "segment/", count: 20)),
      .text(", and the "), .link([.text("first")], url: "https://example.com/a"),
      .text(" again."), .lineBreak, .text("A second line, and a "),
      .link([.text("path")], url: "/docs/path"), .text(" that leads nowhere from here."),
    ]),
    .heading(level: 4, [.text("A heading of its own")]),
    .list([
      item(.number(9), .paragraph([.text("Ninth, as its author wrote.")])),
      item(
        .number(10), .paragraph([.text("Tenth, with a list inside:")]),
        .list([
          item(.bullet, .paragraph([.text("one")])), item(.bullet, .paragraph([.text("two")])),
        ])),
    ]),
    .code(
      language: "sh",
      text:
        "curl https://api.example.com/v1/a/rather/long/path/that/does/not/fit/on/one/line \\\n  -H 'Authorization: Bearer …'"
    ),
    .table(
      Table(
        header: [[.text("Right")], [.text("Meaning")], [.text("Needed")]],
        rows: [
          [
            [.code("read:forms")],
            [.text("Reads every form and the answers that people gave to it")], [.text("yes")],
          ],
          [[.code("write:forms")], [.text("Changes forms")], [.text("no")]],
        ], alignments: [.left, .none, .right])),
    .callout(.warning, [.paragraph([.text("Whoever has the key can do what you can do.")])]),
    .quote([.paragraph([.text("A sentence of somebody else.")])]),
    .rule,
    .figure(Figure(source: "images/local.png?x=1")),
  ]

  static let noGuide: Form = {
    var form = tally
    form.guide = nil
    form.provider.docs = "https://docs.example.com/tally"
    form.fields[0].step = nil
    return form
  }()
}
