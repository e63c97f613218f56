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
    package var name: String
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
    package var headers: [NamedTemplate] = []
    package var query: [NamedTemplate] = []
    /// Members that are added to the body of every request.
    package var body: Value.Map = .init()
    package var verification: Verification?

    package init() {}
  }

  /// The call that shows whether credentials work.
  package struct Verification: Sendable, Equatable {
    package var method = "GET"
    /// Templates, asked in order until one answers with success.
    package var endpoints: [String] = []
    package var headers: [NamedTemplate] = []
    /// The body; its texts are templates.
    package var data: Value?
    /// In place of the proxy's `baseURL`.
    package var baseURLOverride: String?

    package init() {}
  }

  package var slug: String
  package var displayName: String
  package var categories: [String]
  package var authMode: AuthMode
  package var docs: String?
  package var docsConnect: String?
  package var setupGuide: String?
  /// All declared fields of all scopes, in written order.
  package var fields: [Field]
  package var proxy: Proxy
  /// The name of a hand-written check; never together with `proxy.verification`.
  package var verificationScript: String?
  /// Usher's own declarations, from the `usher:` key.
  package var usher: UsherExtension
  /// The whole expanded entry. `Provider(slug:entry:origin:)` of it gives this provider again, which is how it
  /// travels to the check's helper process and into a sealed record.
  package var entry: Value.Map
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
