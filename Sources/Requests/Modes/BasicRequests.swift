internal import ProviderFormat

/// The mode BASIC: every request carries user name and password (RFC 7617).
struct BasicRequests: RequestRules {
  func headers(for provider: Provider, hasToken: Bool) -> [Provider.NamedTemplate] {
    let pair = "${credentials.username}:${credentials.password}"
    return [.init(name: "authorization", template: "Basic ${base64(\(pair))}")]
  }
}
