package import Checking

/// Where a page is asked for, and where it is kept.
package struct PageAddress: Hashable, Sendable {
  /// The page itself, without `.md`, query and fragment.
  package let page: WebAddress
  /// The address that answers with the page's Markdown.
  package let markdown: WebAddress

  /// Reads an address as an index or a person writes it.
  /// - Parameter base: what a relative address is relative to.
  /// - Returns: nil for what is no web address.
  package init?(_ text: String, relativeTo base: WebAddress? = nil) {
    let reference = String(text.prefix { $0 != "#" && $0 != "?" })
    guard let address = base?.resolving(reference) ?? WebAddress(reference) else { return nil }
    var target = address.target[...]
    while target.hasSuffix("/"), target.count > 1 { target = target.dropLast() }
    if target.hasSuffix(".md") { target = target.dropLast(3) }
    guard target.count > 1 else { return nil }
    page = WebAddress(origin: address.origin, target: String(target))
    markdown = WebAddress(origin: address.origin, target: "\(target).md")
  }

  /// The path of the page on its site.
  package var path: String { page.target }

  /// The page's file in a folder that has the layout of a checkout: `docs/…/SLUG/connect.md`. What stands in front of a
  /// part `docs` is the site's own business; a page that is not called `connect` gets a folder of its name. A dot becomes
  /// a hyphen: readers of a checkout take a name with a dot for a file.
  /// - Returns: nil when a part of the path cannot be a file's name.
  package var file: String? {
    var parts = path.split(separator: "/").map(String.init)
    if let docs = parts.firstIndex(of: "docs") { parts.removeSubrange(...docs) }
    if parts.last != "connect" { parts.append("connect") }
    guard parts.count > 1, parts.allSatisfy(Self.isFileName) else { return nil }
    let names = parts.map { $0.replacing(".", with: "-") }
    return (["docs"] + names).joined(separator: "/") + ".md"
  }

  /// The folder's name is the provider's slug, as in a checkout.
  package var slug: String? { file?.split(separator: "/").dropLast().last.map(String.init) }

  /// What every file system takes and no reader of folders passes over.
  private static func isFileName(_ part: String) -> Bool {
    !part.hasPrefix(".") && part.utf8.count <= 200
      && part.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "-._~".utf8.contains(byte)
        }
      }
  }
}
