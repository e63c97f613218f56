internal import Basics
internal import Secrets

/// An address out of a browser becomes what the field takes of it: the base, the host, or the part of a host.
enum AddressParts {
  static func normalize(_ text: RawSpan, in context: RepairContext) -> NormalizedText? {
    guard let part = context.rules.addressPart(of: text) else { return nil }
    return NormalizedText(SecretBuffer(text: part, capacity: part.utf8.count), .address(part))
  }
}
