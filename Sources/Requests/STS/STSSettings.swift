internal import Basics
internal import Drafts
internal import ProviderFormat
internal import Secrets

/// Where temporary credentials of AWS come from, as the settings of the integration and the connection say.
struct STSSettings {
  /// Who gives them out.
  enum Issuer: Equatable {
    /// AWS itself, to the owner's access key.
    case aws
    /// A service of the owner, at `integration_config.stsEndpointUrl`.
    case endpoint(Authentication)
  }

  /// How the owner's own service knows who asks.
  enum Authentication: Equatable {
    case none
    /// A key in this header.
    case key(header: String)
    case basic
  }

  static let role = Field.ID(.credentials, "role_arn")
  static let externalID = Field.ID(.connectionConfig, "external_id")
  static let keyID = Field.ID(.integrationConfig, "awsAccessKeyId")
  static let secretKey = Field.ID(.integrationConfig, "awsSecretAccessKey")
  static let endpoint = Field.ID(.integrationConfig, "stsEndpointUrl")

  let issuer: Issuer
  /// The connection's, else the integration's, else `us-east-1`.
  let region: String
  /// What requests will be signed for later; nil when no one says.
  let service: String?

  init(_ values: borrowing SecretValues) throws(RequestError) {
    service = values.plain(
      .init(.connectionConfig, "service"), .init(.integrationConfig, "service"))
    region =
      values.plain(.init(.connectionConfig, "region"), .init(.integrationConfig, "defaultRegion"))
      ?? "us-east-1"
    // It becomes a part of a host name.
    guard region.utf8.count <= 64,
      region.utf8.allSatisfy({ $0.isDigit || $0.isLetter && !$0.isUppercase || $0 == 0x2D })
    else { throw .badPart(name: "connectionConfig.region", .host) }
    switch values.plain(.init(.integrationConfig, "stsMode")) {
    case "custom": issuer = .endpoint(Self.authentication(values))
    default: issuer = .aws
    }
  }

  private static func authentication(_ values: borrowing SecretValues) -> Authentication {
    switch values.plain(.init(.integrationConfig, "stsAuthType")) {
    case "api_key":
      .key(header: values.plain(.init(.integrationConfig, "stsAuthHeader")) ?? "x-api-key")
    case "basic": .basic
    default: .none
    }
  }

  /// The regional endpoint. China is a part of AWS of its own, under a domain of its own.
  var address: String {
    "https://sts.\(region).amazonaws.com\(region.hasPrefix("cn-") ? ".cn" : "")/"
  }
}

extension SecretValues {
  /// The first value that is not empty, of settings that are no secrets.
  fileprivate borrowing func plain(_ ids: Field.ID...) -> String? {
    for id in ids {
      let text = withBytes(of: id) { $0.shownText }
      if !text.isEmpty { return text }
    }
    return nil
  }
}
