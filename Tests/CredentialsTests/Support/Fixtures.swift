import Basics
import Drafts
import ProviderFormat
import Secrets

/// Made-up providers and values. None of the values opens anything.
enum Fixture {
  static let apiKey = Field.ID(.credentials, "apiKey")
  static let organization = Field.ID(.connectionConfig, "organizationName")

  /// `acme-EXAMPLE…`, which matches the key pattern of `acme`.
  static let goodKey = "acme-EXAMPLEEXAMPLEEXAMPLEEXAMPLE0001"

  static func provider(_ json: String, slug: String = "acme") -> Provider {
    guard let entry = try? Value(json: json), let map = entry.map else {
      fatalError("a fixture is not JSON")
    }
    return Provider(slug: slug, entry: map, origin: .builtIn)
  }

  static func form(_ json: String) -> Form { Form(provider: provider(json), guide: nil) }

  /// A key with a pattern and hints, and an organization without.
  static let acme = """
    {"display_name":"Acme","auth_mode":"API_KEY",
     "proxy":{"base_url":"https://api.acme.example","headers":{"authorization":"Bearer ${apiKey}"},
       "verification":{"method":"GET","endpoints":["/v1/me"]}},
     "credentials":{"apiKey":{"type":"string","title":"API key","description":"",
       "pattern":"^acme-[A-Za-z0-9]{32}$","example":"acme-****************"}},
     "connection_config":{"organizationName":{"type":"string","title":"Organization",
       "description":"","optional":true}},
     "usher":{"hints":[{"field":"credentials.apiKey","starts_with":"acme-","verdict":"right"},
       {"field":"credentials.apiKey","starts_with":"acme-device-","verdict":"wrong",
        "say":"This is a key for devices, not an API key."}],
      "derive":[{"field":"params.organizationName","text":"-",
        "because":"the organization that the key belongs to"}]}}
    """
}

extension SecretBuffer {
  /// Only for tests: texts of fixtures are in the program anyway.
  init(fixture text: String, capacity: Int? = nil) {
    self.init(capacity: capacity ?? max(1, text.utf8.count))
    for byte in text.utf8 { _ = append(byte) }
  }

  var fixtureText: String { withBytes { $0.shownText } }
}

extension SecretValues {
  init(fixture values: KeyValuePairs<String, String>) {
    self.init()
    for (name, value) in values {
      guard let id = Field.ID(name) else { fatalError("\(name) is no field") }
      set(id, to: SecretBuffer(fixture: value))
    }
  }

  borrowing func fixtureText(_ id: Field.ID) -> String? {
    contains(id) ? withBytes(of: id) { $0.shownText } : nil
  }
}
