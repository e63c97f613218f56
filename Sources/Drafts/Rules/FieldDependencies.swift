internal import ProviderFormat

/// What the value of one field means for others: found out once for a form, which may have hundreds, so that an edit takes
/// back what was known of these alone. Fields are told by their places in the form.
struct FieldDependencies: Sendable {
  /// Fields whose value decides which others are asked.
  private let deciding: Set<Int>
  /// The field whose value is the name of another.
  private let naming: Int?
  /// Fields that are offered a part of a value, by the field of that value.
  private let offered: [Int: [Int]]
  /// Fields whose values can be told from those of others, so that one may be found in the wrong place.
  let telling: [Int]

  init(_ entries: [DraftEntry], at places: [Field.ID: Int], in provider: Provider) {
    deciding = Set(
      entries.compactMap { entry in
        entry.field.visibleWhen.flatMap { places[Field.ID(entry.id.scope, $0.field)] }
      })
    naming = places[GenericKey.label]
    var offered: [Int: [Int]] = [:]
    for derivation in provider.usher.derivations {
      guard case .field(let target) = derivation.target,
        case .pattern(_, let source) = derivation.source,
        let place = places[source], let taker = places[target]
      else { continue }
      offered[place, default: []].append(taker)
    }
    self.offered = offered
    telling = entries.indices.filter { entries[$0].rules.tellsValues }
  }

  func decides(_ place: Int) -> Bool { deciding.contains(place) }

  func names(_ place: Int) -> Bool { naming == place }

  func offered(from place: Int) -> [Int] { offered[place] ?? [] }
}
