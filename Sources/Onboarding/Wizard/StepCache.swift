internal import ProviderFormat

/// The fields of a step that are shown, and where each stands among them.
struct StepFields {
  let all: [FormField]
  private let places: [Field.ID: Int]

  init(_ fields: [FormField]) {
    all = fields
    places = Dictionary(
      fields.enumerated().map { ($0.element.id, $0.offset) },
      uniquingKeysWith: { first, _ in first })
  }

  func place(of field: Field.ID) -> Int? { places[field] }
}

/// What was found out of the step that was asked about last, so that a key pays neither for all of a step's fields nor for
/// all links of its guide.
final class StepCache {
  private var fields: (stage: Int, shown: [Bool], fields: StepFields)?
  private var references = Memo<Int, References>()

  /// - Parameter shown: which fields of the form are shown: when that is another answer than the last one, the fields
  ///   are found out anew.
  func fields(of stage: Int, _ shown: [Bool], or make: () -> [FormField]) -> StepFields {
    if let fields, fields.stage == stage, fields.shown == shown { return fields.fields }
    let made = StepFields(make())
    fields = (stage, shown, made)
    return made
  }

  func references(of stage: Int, or make: () -> References) -> References {
    references.value(for: stage, or: make)
  }
}
