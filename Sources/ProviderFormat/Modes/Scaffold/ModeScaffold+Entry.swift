/// Parts of a provider's entry, each key explained at its place.
extension ModeScaffold {
  // MARK: How the service is called

  static func proxy(header: String, host: String = "api") -> String {
    """
    # How its API is called. ${…} is replaced: by a credential, or by a setting as ${connectionConfig.name}.
    proxy:
      base_url: https://\(host).SLUG.example
      # Headers of every request.
      headers:
        authorization: \(header)
    """
  }

  static let plainProxy = """
    # How its API is called. What the auth_mode sends by itself (here: its authorization header, if any) is not
    # written down; other headers go below `headers:`.
    proxy:
      base_url: https://api.SLUG.example
    """

  /// Stands below `proxy`.
  static let check = """
      # The call that shows whether the values are good: one that everybody may make and that changes nothing.
      verification:
        method: GET
        endpoints:
          - /v1/me

    """

  static let tokenByClient = """
    # Where a token is asked for with the client's identifier and secret.
    token_url: https://api.SLUG.example/oauth/token
    token_params:
      grant_type: client_credentials
    # How the parameters travel: form, json or query.
    body_format: form
    # basic sends identifier and secret in a header; without this line they travel as parameters.
    token_request_auth_method: basic

    """

  static let tokenByLogin = """
    # The first step: a token is asked for with the credentials.
    token_url: https://api.SLUG.example/v1/login
    token_params:
      user: ${credentials.username}
      password: ${credentials.password}
    token_headers:
      content-type: application/json
    # How the parameters travel: form, json or xml.
    body_format: json
    # Where the token stands in the answer, and when it ends: a path each, with dots between its parts.
    token_response:
      token: access_token
      token_expiration: expires_in
      # expireIn: seconds from now; expireAt: a moment.
      token_expiration_strategy: expireIn

    # The second step.
    """

  static let signature = """
    # Requests carry a token that is signed here with the private key.
    signature:
      protocol: RSA
    token:
      signing_key: ${credentials.privateKey}
      # How long a token is good, in thousandths of a second.
      expires_in_ms: 600000
      header:
        alg: RS256
        typ: JWT
        kid: ${credentials.keyId}
      payload:
        iss: ${credentials.keyId}
        aud: SLUG

    """

  // MARK: What is asked

  static let setting = """
    # Settings: what is asked besides the credentials and is no secret. Remove the section if there is none, and
    # ${connectionConfig.workspace} with it.
    connection_config:
      workspace:
        type: string
        # The label, in the service's own words, and a sentence about it.
        title: Workspace
        description: The name in front of .SLUG.example in the address of your workspace.
        # Shown while the field is empty.
        example: acme
        # What a value looks like: an expression between ^ and $, or `format:` hostname, uuid, email or uri.
        pattern: '^[a-z0-9-]+$'
        # Shown beside the field; not part of the value.
        suffix: .SLUG.example
        # Asked before the credentials, in ascending order.
        order: 1
        # The heading in guide.md that explains it: lower case, punctuation dropped, hyphens for blanks.
        doc_section: '#step-1-find-the-name-of-your-workspace'

    """

  static let apiKey = """
    # The values that open the account. Each is asked on the screen of the step that its doc_section names.
    credentials:
      apiKey:
        type: string
        # The label, in the service's own words, and a sentence about it.
        title: API key
        description: The key that you created.
        # Hidden while it is typed.
        secret: true
        # Shown while the field is empty. Make up one that could not be used.
        example: key_0123456789EXAMPLE
        # What a value looks like: an expression between ^ and $.
        pattern: '^key_[A-Za-z0-9]{17}$'
        doc_section: '#step-2-create-an-api-key'

    """

  static let userAndPassword = """
    # The values that open the account. Each is asked on the screen of the step that its doc_section names.
    credentials:
      username:
        type: string
        # The label, in the service's own words, and a sentence about it.
        title: User name
        description: The name of the user that you created.
        # Shown while the field is empty.
        example: integration
        # The heading in guide.md that explains it: lower case, punctuation dropped, hyphens for blanks.
        doc_section: '#step-1-create-a-user'
      password:
        type: string
        title: Password
        description: The password of that user.
        # Hidden while it is typed.
        secret: true
        doc_section: '#step-1-create-a-user'

    """

  static let client = """
    # The values that open the account. Each is asked on the screen of the step that its doc_section names.
    credentials:
      client_id:
        type: string
        # The label, in the service's own words, and a sentence about it.
        title: Client ID
        description: The identifier of the client that you created.
        # Shown while the field is empty.
        example: acme-integration
        # The heading in guide.md that explains it: lower case, punctuation dropped, hyphens for blanks.
        doc_section: '#step-1-create-a-client'
      client_secret:
        type: string
        title: Client secret
        description: The secret of that client.
        # Hidden while it is typed.
        secret: true
        doc_section: '#step-1-create-a-client'

    """

  static let signingKey = """
    # The values that open the account. Each is asked on the screen of the step that its doc_section names.
    credentials:
      keyId:
        type: string
        # The label, in the service's own words, and a sentence about it.
        title: Key ID
        description: The identifier that stands beside the key you created.
        # Hidden while it is typed: it says key.
        secret: true
        # Shown while the field is empty.
        example: key-0123
        # The heading in guide.md that explains it: lower case, punctuation dropped, hyphens for blanks.
        doc_section: '#step-1-create-a-private-key'
      privateKey:
        type: string
        # A title or description with the words "private key", PEM or JSON lets the value have several lines.
        title: Private key
        description: The private key in PEM form, as it was downloaded.
        secret: true
        doc_section: '#step-1-create-a-private-key'

    """
}
