package import Basics

/// A service that accounts can be linked to: one entry of a provider file after alias expansion.
package struct Provider: Sendable, Equatable {
  /// Where the entry was read from. Later sources win over earlier ones of the same slug.
  package enum Origin: Sendable, Equatable {
    case builtIn
    /// A folder of the machine's administrator, the user's configuration, or `--guides`; the path as given.
    case folder(String)
    /// The copy sealed in a connection's record.
    case record
  }

  /// A name and a template, in written order; header names as written.
  package struct NamedTemplate: Sendable, Equatable {
    /// The header's or parameter's name.
    package var name: String
    /// The template of its value.
    package var template: String

    package init(name: String, template: String) {
      self.name = name
      self.template = template
    }
  }

  /// How the provider's API is called.
  package struct Proxy: Sendable, Equatable {
    /// The address that those of the requests begin with: a template.
    package var baseURL: String?
    /// Headers of every request, in written order.
    package var headers: [NamedTemplate] = []
    /// Parameters of every address, in written order.
    package var query: [NamedTemplate] = []
    /// Members that are added to the body of every request.
    package var body: Value.Map = .init()
    /// The call that proves the credentials (`proxy.verification`).
    package var verification: Verification?
    /// How lists come in pages (`proxy.paginate`); nil where the entry does not say.
    package var pagination: Pagination?
    /// When a request that failed may be sent once more (`proxy.retry`); nil where the entry does not say.
    package var retry: RetryRules?
    /// Whether answers are asked for in compressed form (`proxy.decompress`).
    package var isCompressed = false

    /// Nothing declared, not even an address to call.
    package init() {}
  }

  /// The call that shows whether credentials work.
  package struct Verification: Sendable, Equatable {
    /// The HTTP method.
    package var method = "GET"
    /// Templates, asked in order until one answers with success.
    package var endpoints: [String] = []
    /// Beside those of the proxy; of two with one name these count, but for `user-agent`.
    package var headers: [NamedTemplate] = []
    /// The body; its texts are templates.
    package var data: Value?
    /// In place of the proxy's `baseURL`.
    package var baseURLOverride: String?

    /// A GET without an endpoint.
    package init() {}
  }

  /// The entry's name: a to z, 0 to 9 and hyphens.
  package var slug: String
  /// The name that people know (`display_name`).
  package var displayName: String
  /// Words that search finds it by.
  package var categories: [String]
  /// How its credentials work (`auth_mode`).
  package var authMode: AuthMode
  /// The address of the provider's page in the documentation.
  package var docs: String?
  /// The address of its guide (`docs_connect`).
  package var docsConnect: String?
  /// The address of the guide for whoever runs the integration (`setup_guide_url`).
  package var setupGuide: String?
  /// All declared fields of all scopes, in written order.
  package var fields: [Field]
  /// How requests are made.
  package var proxy: Proxy
  /// The name of a hand-written check; never together with `proxy.verification`.
  package var verificationScript: String?
  /// Usher's own declarations, from the `usher:` key.
  package var usher: UsherExtension
  /// The whole expanded entry. `Provider(slug:entry:origin:)` of it gives this provider again, which is how it
  /// travels to the check's helper process and into a sealed record.
  package var entry: Value.Map
  /// Where the entry comes from.
  package var origin: Origin
  /// One-based line of the slug in its file; 0 when there is none.
  package var line: Int

  package init(
    slug: String, displayName: String, categories: [String] = [], authMode: AuthMode,
    docs: String? = nil, docsConnect: String? = nil, setupGuide: String? = nil,
    fields: [Field] = [], proxy: Proxy = Proxy(), verificationScript: String? = nil,
    usher: UsherExtension = UsherExtension(), entry: Value.Map = .init(), origin: Origin,
    line: Int = 0
  ) {
    self.slug = slug
    self.displayName = displayName
    self.categories = categories
    self.authMode = authMode
    self.docs = docs
    self.docsConnect = docsConnect
    self.setupGuide = setupGuide
    self.fields = fields
    self.proxy = proxy
    self.verificationScript = verificationScript
    self.usher = usher
    self.entry = entry
    self.origin = origin
    self.line = line
  }
}
