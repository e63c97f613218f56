package import Basics
internal import Crypto
internal import GuideText
internal import ProviderFormat

/// What a folder of fetched guides says of itself: where its pages come from, when each was asked for last, and what it
/// takes to ask only for what has changed. A small JSON file beside the pages.
package struct FetchRecord: Equatable, Sendable {
  /// One page.
  package struct Page: Equatable, Sendable {
    /// Relative to the folder.
    package let file: String
    /// Of the page itself.
    package let address: String
    /// What the site calls this version of the page (RFC 9110, 8.8.3); nil when it did not say.
    package var entityTag: String?
    /// SHA-256 of the file, in hexadecimal.
    package var digest: String
    /// When the site was asked last, and said that this is its page.
    package var fetched: Timestamp

    /// The site, without scheme and path.
    package var host: String {
      String(Addresses.host(of: address[...]))
    }
  }

  /// In the folder of fetched guides. Hidden, so that no reader of guides takes it for one.
  package static let fileName = ".usher-fetched.json"
  private static let sizeLimit = 16 * 1024 * 1024

  /// The address of the index.
  package var index: String
  /// In the order of their files.
  package private(set) var pages: [Page] = []
  private var numbers: [String: Int] = [:]
  private var slugs: [Substring: Int] = [:]

  /// Of a folder that nothing has been fetched for yet.
  package init(index: String) { self.index = index }

  /// The page that is kept in a file.
  package func page(in file: String) -> Page? { numbers[file].map { pages[$0] } }

  /// The page that is a provider's guide: the last folder of its file has the provider's slug.
  package func page(of slug: String) -> Page? {
    slugs[slug[...]].map { pages[$0] }
  }

  /// Puts a page in, or in place of the one in the same file.
  package mutating func set(_ page: Page) {
    if let number = numbers[page.file] {
      pages[number] = page
    } else {
      numbers[page.file] = pages.count
      if let slug = page.file.split(separator: "/").dropLast().last { slugs[slug] = pages.count }
      pages.append(page)
    }
  }

  /// What `Page.digest` holds of these bytes.
  static func digest(_ bytes: [UInt8]) -> String { SHA256.hash(data: bytes).hex }
}

extension FetchRecord {
  /// The record of a folder; nil when it has none, or one that cannot be read: everything is asked for again then.
  package init?(of folder: String) {
    guard
      let bytes = try? GuideFile.read("\(folder)/\(Self.fileName)", limit: Self.sizeLimit),
      let value = try? unsafe Value(json: bytes.span.bytes, limits: .members),
      let index = value["index"]?.text
    else { return nil }
    self.init(index: index)
    for member in value["pages"]?.list ?? [] {
      guard let page = Page(member) else { continue }
      set(page)
    }
  }

  /// As it is kept: pages in the order of their files, so that two fetches of the same site differ where it does.
  var json: String {
    let sorted = pages.sorted { $0.file < $1.file }
    return Value.map([
      ("version", .int(1)), ("index", .string(index)),
      ("pages", .list(sorted.map(\.value))),
    ]).prettyJSON
  }
}

extension FetchRecord.Page {
  fileprivate init?(_ value: Value) {
    guard let file = value["file"]?.text, file.hasPrefix("docs/"), !file.contains(".."),
      let address = value["address"]?.text, let digest = value["digest"]?.text,
      let fetched = value["fetched"]?.text.flatMap({ Timestamp($0) })
    else { return nil }
    self.init(
      file: file, address: address, entityTag: value["etag"]?.text, digest: digest,
      fetched: fetched)
  }

  fileprivate var value: Value {
    .map([
      ("file", .string(file)), ("address", .string(address)), ("etag", .optional(entityTag)),
      ("digest", .string(digest)), ("fetched", .string(fetched.description)),
    ])
  }
}
