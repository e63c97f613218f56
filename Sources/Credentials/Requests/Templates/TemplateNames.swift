/// Which names a template may use in the place where it stands.
struct TemplateNames: OptionSet {
  let rawValue: Int

  /// Every credential by its bare name: `${apiKey}`.
  static let bareCredentials = TemplateNames(rawValue: 1 << 0)
  /// `${credentials.x}`
  static let credentials = TemplateNames(rawValue: 1 << 1)
  /// `${connectionConfig.x}`
  static let connectionConfig = TemplateNames(rawValue: 1 << 2)
  /// `${assertionOption.x}`
  static let assertionOption = TemplateNames(rawValue: 1 << 3)
  /// `${integrationConfig.x}`
  static let integrationConfig = TemplateNames(rawValue: 1 << 4)
  /// `${derived.x}`
  static let derived = TemplateNames(rawValue: 1 << 5)
  /// `${accessToken}` and `${stepN.x}`: what was fetched before this request.
  static let fetched = TemplateNames(rawValue: 1 << 6)
  /// `${method}`, `${host}`, `${path}`, `${endpoint}`, `${params}`
  static let request = TemplateNames(rawValue: 1 << 7)

  /// Every setting by its bare name, where no credential has it: `${tenantId}` in a token request.
  static let bareSettings = TemplateNames(rawValue: 1 << 8)

  static let address: TemplateNames = [
    .bareCredentials, .credentials, .connectionConfig, .integrationConfig, .derived,
  ]
  static let query: TemplateNames = [.bareCredentials, .credentials, .connectionConfig, .fetched]
  static let header: TemplateNames = [
    .bareCredentials, .credentials, .connectionConfig, .derived, .fetched, .request,
  ]
  static let body: TemplateNames = [
    .bareCredentials, .credentials, .connectionConfig, .derived, .fetched,
  ]
  /// In every part of a token request.
  static let token: TemplateNames = [
    .bareCredentials, .credentials, .connectionConfig, .integrationConfig, .bareSettings, .derived,
    .fetched, .request,
  ]
  /// In a token or an assertion that is signed before the token request.
  static let signed: TemplateNames = [
    .bareCredentials, .credentials, .connectionConfig, .assertionOption, .integrationConfig,
    .bareSettings, .derived,
  ]
}
