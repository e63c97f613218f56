internal import Basics
internal import Drafts
internal import ProviderFormat
internal import Secrets

extension Submission {
  /// The hosts of all addresses that the provider's entry names, of whatever use (check, token, renewal, further
  /// steps), in lower case. Values are put in their places; an address whose host only an answer could tell is left
  /// out, because an answer must not decide what counts as named by the entry.
  package borrowing func declaredHosts() -> Set<String> {
    TemplateContext(of: duplicate()).declaredHosts()
  }
}

extension TemplateContext {
  /// The same, of a submission that is in use.
  borrowing func declaredHosts() -> Set<String> {
    var hosts: Set<String> = []
    for address in Value.map(provider.entry).addresses {
      if Template(address).names.contains(where: { isSettled($0) }) { continue }
      let writer = TemplateWriter(names: .fields)
      let text = try? AddressWriter(Template(address), writer).write(from: self)
      if let origin = text?.withBytes({ try? Origin(ofAddress: $0) }) { hosts.insert(origin.host) }
    }
    return hosts
  }

  /// Whether a name of a template is that of a setting that an answer told.
  private borrowing func isSettled(_ name: String) -> Bool {
    provider.fields(named: name, in: .fields).contains(where: settled.contains)
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
