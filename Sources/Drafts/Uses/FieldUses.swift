internal import ProviderFormat

/// What a provider's requests do with its fields: found out once for a form, because an entry may be long.
struct FieldUses {
  /// The keys and secrets that something is signed with, and the parts of a client's certificate.
  private let keys: [Field.ID: KeyDemand]
  private let places: [Field.ID: AddressPlace]
  /// The fields for the passphrase of a key, which may be protected then.
  private let passphrases: Set<Field.ID>

  init(_ provider: Provider) {
    keys = KeyDemand.all(in: provider)
    places = AddressPlace.all(in: provider)
    passphrases = Set(provider.fields.filter(\.isPassphrase).map(\.id))
  }

  /// What of the files that keys come in a field wants; nil when it is none of them.
  func key(_ field: Field) -> KeyDemand? {
    guard field.format == nil, field.choices.isEmpty else { return nil }
    guard var demand = keys[field.id] ?? KeyDemand(words: field) else { return nil }
    demand.add(words: field)
    demand.takesPassphrase = passphrases.count > (passphrases.contains(field.id) ? 1 : 0)
    return demand
  }

  /// Where in an address a field stands; nil when it is in none, or in the path only.
  func place(of field: Field) -> AddressPlace? {
    places[field.id] ?? AddressPlace(decoration: field)
  }
}
