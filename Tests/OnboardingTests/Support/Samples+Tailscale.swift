import Drafts
import GuideText
import ProviderFormat

/// After Tailscale: a setting that can be left out, a field, a table to choose by.
extension Samples {
  static let organization = Field.ID(.connectionConfig, "organization")

  static let tailscale = Form(
    provider: tailscaleProvider, guide: tailscaleGuide,
    fields: [organizationField, tokenField])

  static let tailscaleProvider: Provider = {
    var provider = Provider(
      slug: "tailscale-api-key", displayName: "Tailscale", authMode: .apiKey, origin: .builtIn)
    provider.usher.domain = "tailscale.com"
    provider.proxy.baseURL = "https://api.tailscale.com/api/v2"
    provider.usher.check = [
      UsherExtension.CheckStep(url: "/tailnet/-/keys/${derived.keyID}")
    ]
    provider.usher.hints = [
      .init(field: apiKey, startsWith: "tskey-api-", verdict: .right, say: "API access token"),
      .init(
        field: apiKey, startsWith: "tskey-auth-", verdict: .wrong,
        say: "This is an auth key for devices, not an API access token."),
    ]
    provider.usher.derivations = [
      .init(
        target: .field(organization), source: .text("-"),
        because: "the organization that the token belongs to")
    ]
    provider.fields = [organizationField.field, tokenField.field]
    return provider
  }()

  private static let organizationField = FormField(
    field: Field(
      id: organization, title: "Organization",
      description: "An e-mail address, a domain or a GitHub organization.",
      example: "corp.example"),
    order: 1, label: "Organization", placeholder: "corp.example", isMasked: false, step: 0)

  private static let tokenField = FormField(
    field: Field(
      id: apiKey, title: "API access token", description: "",
      example: "tskey-api-…", pattern: "^tskey-api-[A-Za-z0-9]+CNTRL-[A-Za-z0-9]+$",
      isDeclaredSecret: true),
    order: 100, label: "API access token", placeholder: "tskey-api-…", isMasked: true, step: 1)

  private static let tailscaleGuide = Guide(
    slug: "tailscale-api-key", title: "Tailscale",
    overview: [
      .paragraph([.text("Tailscale connects machines. A token reads and changes a tailnet.")])
    ],
    prerequisites: [
      .list([
        item(
          .bullet,
          .paragraph([
            .text("Admin access: one of the roles Owner, Admin, IT admin or Network admin")
          ]))
      ])
    ],
    steps: [
      Step(
        heading: "Step 1: Find your organization", number: 1, title: "Find your organization",
        level: 3, anchors: ["organization"],
        blocks: [
          .list([
            item(
              .number(1),
              .paragraph([
                .text("Sign in to the "),
                .link(
                  [.text("admin console")],
                  url: "https://login.tailscale.com/admin/settings/general"),
                .text(" and open "), .strong([.text("General")]), .text("."),
              ])),
            item(
              .number(2),
              .paragraph([.text("Read the field "), .strong([.text("Organization")]), .text(".")]),
              figure("general.png", "the General page with the Organization field")),
          ])
        ]),
      Step(
        heading: "Step 2: Generate an access token", number: 2,
        title: "Generate an access token", level: 3, anchors: ["token"], blocks: tokenBlocks),
    ])

  private static let tokenBlocks: [Block] = [
    .list([
      item(
        .number(1),
        .paragraph([
          .text("Open "),
          .link([.text("Keys")], url: "https://login.tailscale.com/admin/settings/keys"),
          .text(" in the admin console."),
        ])),
      item(
        .number(2),
        .paragraph([.text("Press "), .strong([.text("Generate access token")]), .text(".")]),
        figure("generate_access_token.png", "the Keys page with Generate access token")),
      item(
        .number(3),
        .paragraph([
          .text("Fill in the dialog: a description, and after how many days the token expires.")
        ]), figure("generate_key_form.png", "the dialog to fill in")),
      item(
        .number(4),
        .paragraph([.text("Generate the token and copy it. It is shown only once.")])),
    ]),
    .table(
      Table(
        header: [[.text("Token")], [.text("Begins with")], [.text("For")]],
        rows: [
          [[.text("API access token")], [.code("tskey-api-")], [.text("this page")]],
          [[.text("Auth key")], [.code("tskey-auth-")], [.text("adding devices")]],
        ], alignments: [.none, .none, .none])),
    .callout(
      .note, [.paragraph([.text("The token has the same role as the user who made it.")])]),
  ]

}
