internal import Basics
internal import Drafts
internal import ProviderFormat
internal import Secrets

extension Submission {
  /// The hosts of all addresses that the provider's entry names, of whatever use (check, token, renewal, further
  /// steps), in lower case. Values are put in their places; an address whose host only an answer could tell is left
  /// out, because an answer must not decide what counts as named by the entry.
  package borrowing func declaredHosts() -> Set<String> {
    let sources = TemplateContext(of: duplicate())
    var hosts: Set<String> = []
    for address in Value.map(provider.entry).addresses {
      let writer = TemplateWriter(names: .fields)
      let text = try? AddressWriter(Template(address), writer).write(from: sources)
      if let origin = text?.withBytes({ try? Origin(ofAddress: $0) }) { hosts.insert(origin.host) }
    }
    return hosts
  }
}

extension Value {
  /// Scheme and host, as a template, of every web address in it, both sides of a `||` included.
  fileprivate var addresses: [String] {
    switch self {
    case .null, .bool, .int, .double: []
    case .string(let text):
      if let (left, right) = Template.alternatives(text) {
        [left, right].compactMap(Value.base)
      } else {
        [text].compactMap(Value.base)
      }
    case .list(let elements): elements.flatMap(\.addresses)
    case .map(let map): map.members.flatMap(\.value.addresses)
    }
  }

  /// What stands before the path, which may name values that are not there yet.
  private static func base(_ address: String) -> String? {
    guard let scheme = ["https://", "http://"].first(where: address.hasPrefix) else { return nil }
    let rest = address.dropFirst(scheme.count)
    return scheme + rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
  }
}
