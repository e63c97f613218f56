extension AuthModeRules {
  /// AWS_SIGV4: temporary credentials of a role are got, and they sign every request.
  static let awsSigV4 = AuthModeRules(
    proof: .token(.service), baseCredentials: { _ in ["role_arn"] }, generatedFields: [externalID],
    namesItsFields: false)

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
