/// Fields that an auth mode has besides those that its entry declares, and whose values are made up for each connection.
enum GeneratedFields {
  static func all(of provider: Provider) -> [FormField] {
    let isDeclared = provider.fields.contains { $0.id == externalID.id && !$0.isAutomated }
    return provider.authMode == .awsSigV4 && !isDeclared ? [externalID] : []
  }

  /// What the trust policy of a role of AWS names, so that nobody else can have the same owner take on the role.
  private static let externalID = FormField(
    field: Field(
      id: .init(.connectionConfig, "external_id"), title: "External ID",
      description:
        "Made up for this connection. Copy it into the trust policy of the role, as the condition "
        + "sts:ExternalId. Where the policy names one already, enter that one.",
      format: .uuid),
    order: -1, label: "External ID", isMasked: false, isGenerated: true)
}
