import ProviderFormat
import Testing

@Suite("Masking")
struct MaskingTests {
  private func masks(
    _ scope: Field.Scope, _ name: String, _ title: String = "", _ format: Field.Format? = nil,
    choices: [String] = []
  ) -> Bool {
    Masking.masks(Field(id: .init(scope, name), title: title, format: format, choices: choices))
  }

  @Test(arguments: [
    "apiKey", "password", "pat_secret", "content_url", "client_secret", "client_certificate",
    "client_private_key",
    "oauth_client_secret_override", "oauth_refresh_token_override", "token_id", "token_secret",
    "dev_key", "privateKey",
    // Not marked by their entries, and secret all the same.
    "secret", "pat", "clientSecret", "API_PASSWORD", "staffUserToken", "privateKeyId", "sessionId",
    "assertion", "anything",
    "accessKey", "subscription_key", "passphrase", "authtoken", "jwt",
  ])
  func `a credential is masked unless it is known to be public`(_ name: String) {
    #expect(masks(.credentials, name))
  }

  @Test(arguments: [
    ("username", "User Name / Account ID"), ("userName", "Username"), ("client_id", "Client ID"),
    ("clientId", "Client ID"),
    ("organization_id", ""), ("role_arn", "IAM Role ARN"), ("issuerId", "Issuer ID"),
    ("oauth_client_id_override", "OAuth Client ID"), ("email", "E-mail"),
    ("accountIdentifier", "Account Identifier"),
    ("scopes", "Scopes"), ("scope", "Scopes of the API key"), ("keyId", "Key ID"),
    ("accessKeyId", "AWS Access Key ID"), ("teamId", "Team ID"), ("team", "Team"),
    ("organisation", "Organisation"), ("arn", "Role ARN"), ("certificate", "Certificate"),
    ("x509", "Signing certificate (PEM)"), ("anything", "Account e-mail"), ("data", "Data center"),
    ("apiVersion", "API Version"), ("username", "Auth Key ID"), ("publicKey", "Public Key"),
    ("isu", "ISU Username"), ("region", "Region"), ("subdomain", "Subdomain"), ("login", "Login"),
  ])
  func `a public credential is shown`(_ name: String, _ title: String) {
    #expect(!masks(.credentials, name, title))
  }

  @Test(arguments: [
    ("username", "API key"), ("username", "Access Key"), ("client_id", "API Key"),
    ("username", "Restricted API Key"),
    ("username", "Personal access token"), ("email", "Secret e-mail"), ("username", "Private app"),
    ("client_id", "Consumer password"), ("region", "Secret of the region"),
    ("x", "Token ID"), ("x", "Private Key ID"), ("x", "Account password"),
    ("x", "Organization token"),
    ("content_url", "Content URL"), ("client_certificate", "Client certificate"),
    ("x", "User key"), ("x", "Account key"),
  ])
  func `a public name with the title of a secret is masked`(_ name: String, _ title: String) {
    #expect(masks(.credentials, name, title))
  }

  @Test(arguments: [
    ("apiKey", ""), ("api_key", "API Key"), ("webhookSecret", "Secret"), ("x", "Private Key"),
    ("authToken", "Token"), ("dbPassword", ""), ("x", "Access Token (optional)"),
    ("x", "API key for webhooks"), ("x", "Client credentials"), ("signing_key", "Key"),
    ("privateKey", "Private Key"), ("licenseKey", "License Key"),
  ])
  func `secrets are masked among the settings too`(_ name: String, _ title: String) {
    #expect(masks(.connectionConfig, name, title))
    #expect(masks(.assertionOption, name, title))
    #expect(masks(.integrationConfig, name, title))
  }

  @Test(arguments: [
    "Your API key", "The access token from your profile", "Private key in PEM form",
    "Paste the secret key of the project",
  ])
  func `a public name is masked when the sentence below it names a secret`(_ description: String) {
    #expect(describedUser(description).isMasked)
  }

  @Test(arguments: [
    "The user name that belongs to your API key", "Your account's e-mail address",
    "The login of the person who made the access token", "The ID of your API client",
    "Your name in the key directory",
  ])
  func `a public name is shown when the sentence below it only mentions a secret`(
    _ description: String
  ) {
    #expect(!describedUser(description).isMasked)
  }

  private func describedUser(_ description: String) -> FormField {
    let field = Field(
      id: .init(.credentials, "username"), title: "Username", description: description)
    return FormField(asking: field, order: 100)
  }

  @Test(arguments: [
    ("subdomain", "Subdomain"), ("spaceKey", "Space Key"), ("projectKey", "Project key"),
    ("publicKey", "Public Key"),
    ("tokenUrl", "Token URL"), ("keyboard", "Keyboard"), ("accountId", "Account ID"),
    ("path", "Path"), ("x", "ID of the API key"), ("region", "Region for tokens"),
  ])
  func `settings that are no secrets are shown`(_ name: String, _ title: String) {
    #expect(!masks(.connectionConfig, name, title))
  }

  @Test func `choices and host names among the settings are shown`() {
    #expect(!masks(.connectionConfig, "tokenHost", "Token", .hostname))
    #expect(!masks(.connectionConfig, "apiKey", "API Key", choices: ["a", "b"]))
  }

  @Test func `nothing is masked less than the entry says`() {
    for scope in Field.Scope.allCases {
      var field = Field(
        id: .init(scope, "username"), title: "Name", format: .hostname, choices: ["a"])
      field.isDeclaredSecret = true
      #expect(Masking.masks(field))
    }
  }
}
