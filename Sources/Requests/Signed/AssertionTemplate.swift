internal import Basics
internal import Drafts
internal import Secrets
internal import Signing

/// A SAML assertion that an entry describes: its members are templates.
struct AssertionTemplate {
  private let entry: Value.Map
  private static let place = "the assertion"

  init(_ entry: Value.Map) { self.entry = entry }

  /// The signed assertion, in Base64 as a whole.
  func signed(
    from sources: inout TemplateContext, secrets writer: TemplateWriter
  ) throws(RequestError) -> SecretBuffer {
    let key = try text("key", from: sources, writer)
    let signingKey = try key.withBytes { key throws(RequestError) in
      try RequestError.ofKey { () throws(KeyFault) in try SigningKey(pem: key, for: .rs256) }
    }
    let id = "_" + sources.randomSource.uuid()
    let lifetime = RequestSigning.lifetime(entry["lifetimeInSeconds"]?.wholeNumber)
    let assertion = SAMLAssertion(
      id: id, issued: sources.issued(lifetime: lifetime), lifetime: lifetime,
      issuer: try text("issuer", from: sources, writer),
      subject: try text("nameIdentifier", from: sources, writer),
      recipient: try text("recipient", from: sources, writer),
      sessionIndex: try text("sessionIndex", from: sources, writer),
      audiences: try audiences(from: sources, writer),
      attributes: try attributes(from: sources, writer))
    let xml = try RequestError.ofSigning { () throws(SigningError) in
      try assertion.signed(with: signingKey)
    }
    var encoded = SecretWriter()
    xml.withBytes { encoded.append(base64: $0) }
    guard let encoded = encoded.finish() else { throw .tooLong }
    return encoded
  }

  /// A member's text; empty when the entry does not have it.
  private func text(
    _ member: String, from sources: borrowing TemplateContext, _ writer: TemplateWriter
  ) throws(RequestError) -> SecretBuffer {
    try writer.needed(entry[member]?.text ?? "", for: Self.place, from: sources)
  }

  /// One text, or a list of them.
  private func audiences(
    from sources: borrowing TemplateContext, _ writer: TemplateWriter
  ) throws(RequestError) -> SecretMap<String> {
    let written = entry["audiences"]
    var audiences = SecretMap<String>()
    for (index, template) in (written?.list ?? [written].compactMap(\.self)).enumerated() {
      guard let template = template.text, !template.isEmpty else { continue }
      audiences.set(
        String(index), to: try writer.needed(template, for: Self.place, from: sources))
    }
    return audiences
  }

  /// Truth values and numbers are written as texts, which is the type that attributes have.
  private func attributes(
    from sources: borrowing TemplateContext, _ writer: TemplateWriter
  ) throws(RequestError) -> SecretMap<String> {
    var attributes = SecretMap<String>()
    for member in entry["attributes"]?.map?.members ?? [] {
      guard let template = member.value.text else { continue }
      attributes.set(
        member.key, to: try writer.needed(template, for: Self.place, from: sources))
    }
    return attributes
  }
}
