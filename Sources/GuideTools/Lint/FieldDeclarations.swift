internal import Basics
internal import ProviderFormat

/// What a provider's entry says of its fields, found without going through all of them each time.
struct FieldDeclarations {
  private let maps: [Field.ID: Value.Map]

  init(_ provider: Provider) {
    var maps: [Field.ID: Value.Map] = [:]
    for scope in Field.Scope.allCases {
      for member in provider.entry[scope.rawValue]?.map?.members ?? [] {
        maps[Field.ID(scope, member.key)] = member.value.map
      }
    }
    self.maps = maps
  }

  /// Nil when the entry says nothing of the field, or not in a map.
  subscript(field: Field.ID) -> Value.Map? { maps[field] }
}
