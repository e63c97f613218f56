/// The list of guides that are compiled into the program. A folder in `Resources` becomes two constants whose names
/// the compiler checks here; a test finds a folder that is not listed.
enum BuiltInGuides {
  struct Files: Sendable {
    let slug: String
    let provider: @Sendable () -> [UInt8]
    let guide: @Sendable () -> [UInt8]
  }

  static let all = [
    Files(
      slug: "tailscale-api-key", provider: { PackageResources.tailscale_api_key_yaml },
      guide: { PackageResources.tailscale_api_key_md }),
    Files(
      slug: "tally", provider: { PackageResources.tally_yaml },
      guide: { PackageResources.tally_md }),
  ]
}
